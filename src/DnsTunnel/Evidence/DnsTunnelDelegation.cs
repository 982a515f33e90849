namespace DnsTunnel;

/// <summary>What the name servers of a domain say now; only there when they were asked.</summary>
public sealed class DnsTunnelDelegation
{
    /// <summary>The resolver that was asked.</summary>
    public string Resolver { get; init; } = "";

    /// <summary>When it was asked, UTC.</summary>
    public DateTime Asked { get; init; }

    /// <summary>The name servers of the registered domain, and of the zone below it in which the tunnel's names are.</summary>
    public DnsTunnelNameServer[] NameServers { get; init; } = [];

    /// <summary>The start of authority as text; null when there was no answer.</summary>
    public string? Soa { get; init; }

    /// <summary>The date that the serial number of the zone tells by the custom YYYYMMDDnn (RFC 1912, section 2.2), a hint at its age; null when it is no date.</summary>
    public DateTime? SerialDate { get; init; }

    /// <summary>Whether a name that nobody can have made is answered; null when that could not be found out.</summary>
    public bool? HasWildcard { get; init; }

    /// <summary>What that name was answered with.</summary>
    public string[] WildcardAnswers { get; init; } = [];

    /// <summary>What could not be found out, and why.</summary>
    public string[] Problems { get; init; } = [];

    /// <summary>All of it, a line for each fact.</summary>
    public override string ToString() => string.Join(Environment.NewLine, Lines());

    private IEnumerable<string> Lines()
    {
        yield return FormattableString.Invariant($"asked {Resolver} at {Asked:yyyy-MM-dd HH:mm:ss}");
        foreach (var server in NameServers) yield return $"name server of {server}";
        if (Soa is not null) yield return $"SOA {Soa}";
        if (SerialDate is { } date) yield return FormattableString.Invariant($"the serial tells of a change on {date:yyyy-MM-dd}");
        if (HasWildcard is { } wildcard)
        {
            yield return wildcard
                ? $"answers names that nobody can have made: {string.Join(", ", WildcardAnswers.DefaultIfEmpty("without data"))}"
                : "does not answer names that nobody made";
        }

        foreach (var problem in Problems) yield return problem;
    }
}
