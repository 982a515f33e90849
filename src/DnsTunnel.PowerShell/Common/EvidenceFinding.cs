using System.Management.Automation;
using DnsTunnel.Evidence;
using DnsTunnel.Names;

namespace DnsTunnel.PowerShell;

/// <summary>What evidence needs of a finding, live or saved.</summary>
internal static class EvidenceFinding
{
    /// <summary>Null for objects that are no findings, and for domains that are no names.</summary>
    public static EvidenceSubject? Read(PSObject? item)
    {
        if (FindingReader.Read(item) is not { } finding || DomainOf(finding.Domain) is not { } domain) return null;
        return new EvidenceSubject(domain)
        {
            Client = finding.Client,
            RelatedDomains = [.. finding.RelatedDomains.Select(DomainOf).OfType<string>()],
            IsTunnel = finding.IsTunnel,
            Score = finding.Score,
            Reasons = finding.Reasons,
            Tool = finding.Tool,
            FirstSeen = finding.FirstSeen == default ? null : finding.FirstSeen,
            LastSeen = finding.LastSeen == default ? null : finding.LastSeen,
        };
    }

    /// <summary>As volumes have it: lower case, printable.</summary>
    public static string? DomainOf(string text)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        if (!DnsName.TryParse(text, wire, out var length)) return null;
        DnsName.ToLower(wire[..length], wire);
        return DnsName.ToText(wire[..length]);
    }
}
