using System.Globalization;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Evidence;

/// <summary>
/// Writes the steps of an investigation as commands. A value from outside stands between quotes; one that holds what a terminal obeys, or
/// that PowerShell could not be given on one line, makes no command at all.
/// </summary>
internal static class NextSteps
{
    private const int MaxOfAKind = 3;

    /// <param name="tally">Of the finding.</param>
    /// <param name="source">That it was found in.</param>
    /// <param name="isResolved">Whether the name servers were asked already.</param>
    public static string[] Write(SubjectTally tally, EvidenceSource source, bool isResolved)
    {
        var subject = tally.Subject;
        var domains = subject.RelatedDomains.Prepend(subject.Domain).ToArray();
        var talkers = tally.Talkers.OrderByDescending(talker => talker.QueryCount).ToList();
        var steps = new List<string?>();
        if (source.Paths.Length > 0)
        {
            var parameter = source.IsLiteral ? "-LiteralPath" : "-Path";
            steps.Add(Command($"Get-DnsDomainVolume {parameter} {{0}} -ByClient | Where-Object -Property Domain -EQ {{1}}", source.Paths, [subject.Domain]));
            if (!isResolved)
            {
                steps.Add(Command(
                    $"Test-DnsTunneling {parameter} {{0}} | Where-Object -Property Domain -EQ {{1}} | Get-DnsTunnelEvidence {parameter} {{0}} -Resolve", source.Paths, [subject.Domain]));
            }
        }

        steps.Add(Command("Get-DnsDomainHistory -Domain {0}", domains));
        if (subject.Domain != ".") steps.Add(Command("Invoke-DnsTunnelResponse -Action BlockDomain -Domain {0} -ZoneFile ./rpz.zone -WhatIf", domains));
        steps.AddRange(Few(talkers.Select(talker => talker.Client ?? talker.HostName))
            .Select(host => Command("Invoke-DnsTunnelResponse -Action IsolateHost -ComputerName {0} -WhatIf", [host])));
        steps.AddRange(talkers.Select(talker => talker.ProcessId).OfType<int>().Where(id => id > 0).Distinct().Take(MaxOfAKind)
            .Select(id => FormattableString.Invariant($"Invoke-DnsTunnelResponse -Action StopProcess -ProcessId {id} -WhatIf")));
        steps.AddRange(Few(talkers.Select(talker => talker.UserName))
            .Select(user => Command("Invoke-DnsTunnelResponse -Action DisableAccount -Account {0} -WhatIf", [user])));
        if (subject.Domain != ".")
        {
            steps.Add(Command("New-DnsTunnelException -Domain {0} -Reason 'why such names are expected' -ExpiresAfter 30.00:00:00 -WhatIf", [subject.Domain]));
        }

        return [.. steps.OfType<string>()];
    }

    private static IEnumerable<string> Few(IEnumerable<string?> values) => values.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Take(MaxOfAKind);

    private static string? Command(string form, params string[][] values) =>
        values.SelectMany(v => v).All(IsSafe)
            ? string.Format(CultureInfo.InvariantCulture, form, [.. values.Select(v => (object)string.Join(", ", v.Select(PowerShellText.Quote)))])
            : null;

    private static bool IsSafe(string value) => value.EnumerateRunes().All(Printable.IsSafe);
}
