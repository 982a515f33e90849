using System.Net;

namespace DnsTunnel.Evidence;

/// <summary>Finds other domains that have something in common with one finding.</summary>
internal static class RelationFinder
{
    private const int MaxByAddress = 20;
    private const int MaxByClient = 5;

    /// <param name="tally">Of the finding.</param>
    /// <param name="source">All traffic.</param>
    /// <param name="findings">All findings that evidence is wanted for.</param>
    /// <param name="delegations">What their name servers said, as far as these were asked.</param>
    public static DnsTunnelRelation[] Find(
        SubjectTally tally, EvidenceSource source, IReadOnlyCollection<EvidenceSubject> findings, IReadOnlyDictionary<EvidenceSubject, DnsTunnelDelegation> delegations)
    {
        var subject = tally.Subject;
        var found = findings.SelectMany(f => f.RelatedDomains.Prepend(f.Domain)).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. ByNameServer(subject, delegations)
                .Concat(ByAddress(tally, source.Answers))
                .Concat(ByClient(subject, source.Windows, found))
                .Where(relation => !IsOwn(subject, relation.Domain))
                .Select(relation => new DnsTunnelRelation(relation.Domain, relation.Link, found.Contains(relation.Domain)))
                .OrderByDescending(relation => relation.IsFinding),
        ];
    }

    /// <summary>Name servers of the same name, or behind the same address: who runs many domains names them apart.</summary>
    private static IEnumerable<(string Domain, string Link)> ByNameServer(EvidenceSubject subject, IReadOnlyDictionary<EvidenceSubject, DnsTunnelDelegation> delegations)
    {
        if (!delegations.TryGetValue(subject, out var own)) return [];
        var marks = MarksOf(own).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return delegations
            .Where(other => other.Key.Domain != subject.Domain)
            .Select(other => (other.Key.Domain, Shared: MarksOf(other.Value).Where(marks.Contains).Distinct(StringComparer.OrdinalIgnoreCase).Take(3).ToList()))
            .Where(other => other.Shared.Count > 0)
            .DistinctBy(other => other.Domain)
            .Select(other => (other.Domain, "served by " + string.Join(", ", other.Shared) + " too"));
    }

    private static IEnumerable<string> MarksOf(DnsTunnelDelegation delegation) => delegation.NameServers.SelectMany(server => server.Addresses.Prepend(server.Name));

    private static IEnumerable<(string Domain, string Link)> ByAddress(SubjectTally tally, AnswerTable answers) => tally.Addresses
        .SelectMany(address => answers.DomainsOf(address).Select(domain => (Domain: domain, Address: address)))
        .Where(pair => !IsOwn(tally.Subject, pair.Domain))
        .GroupBy(pair => pair.Domain, pair => pair.Address, StringComparer.Ordinal)
        .Take(MaxByAddress)
        .Select(group => (group.Key, "answered with " + string.Join(", ", group.Take(3).Select(Text)) + " too"));

    /// <summary>Every finding of the same clients, and what carries most of the rest.</summary>
    private static IEnumerable<(string Domain, string Link)> ByClient(EvidenceSubject subject, IReadOnlyList<DomainVolume[]> windows, HashSet<string> found)
    {
        var clients = windows.SelectMany(w => w).Where(v => v.Client is not null && subject.Covers(v.Domain, v.Client)).Select(v => v.Client!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = windows.SelectMany(w => w)
            .Where(v => v.Client is not null && clients.Contains(v.Client) && !IsOwn(subject, v.Domain))
            .GroupBy(v => v.Domain, (domain, volumes) => Sum(domain, [.. volumes]), StringComparer.Ordinal)
            .OrderByDescending(other => other.Bytes)
            .ToList();
        return others.Where(other => found.Contains(other.Domain)).Concat(others.Where(other => !found.Contains(other.Domain)).Take(MaxByClient))
            .Select(other => (other.Domain, FormattableString.Invariant($"asked by {other.Clients} too, {other.Bytes:N0} bytes of information")));
    }

    private static (string Domain, string Clients, long Bytes) Sum(string domain, List<DomainVolume> volumes)
    {
        var clients = volumes.Select(v => v.Client!).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var text = clients.Count == 1 ? Printable.Text(clients[0]) : FormattableString.Invariant($"{clients.Count:N0} of its clients");
        return (domain, text, volumes.Sum(v => v.InformationBytes));
    }

    private static bool IsOwn(EvidenceSubject subject, string domain) => domain == subject.Domain || subject.RelatedDomains.Contains(domain, StringComparer.Ordinal);

    private static string Text(IPAddress address) => address.ToString();
}
