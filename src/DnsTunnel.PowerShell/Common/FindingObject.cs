using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>What a response needs of a finding, live or saved (Export-Clixml, JSON, remoting).</summary>
internal sealed record FindingObject(string Domain, bool IsTunnel, double? Score, string[] Reasons, string[] Clients, string[] RelatedDomains)
{
    /// <summary>Null for objects that are no findings; many have a Domain.</summary>
    public static FindingObject? From(PSObject? item)
    {
        if (item?.BaseObject is DnsTunnelFinding finding)
        {
            return new(finding.Domain, finding.IsTunnel, finding.Score, finding.Reasons, [.. finding.Clients.Prepend(finding.Client).OfType<string>().Distinct()], Related(item));
        }

        if (item is null || ObjectProperties.Value(item, "Domain") is not string domain || ObjectProperties.Value(item, "IsTunnel") is not bool isTunnel) return null;
        var clients = Texts(ObjectProperties.Value(item, "Clients")).Prepend(ObjectProperties.Value(item, "Client") as string).OfType<string>().Distinct();
        return new(domain, isTunnel, Number(ObjectProperties.Value(item, "Score")), Texts(ObjectProperties.Value(item, "Reasons")), [.. clients], Related(item));
    }

    /// <summary>Other domains of the same tunnel, where the finding tells them.</summary>
    private static string[] Related(PSObject item) => Texts(ObjectProperties.Value(item, "RelatedDomains"));

    private static string[] Texts(object? value) => value switch
    {
        string text => [text],
        IEnumerable items => [.. items.Cast<object?>().Select(i => i?.ToString()).OfType<string>()],
        _ => [],
    };

    private static double? Number(object? value) =>
        value is IConvertible number and not string ? number.ToDouble(CultureInfo.InvariantCulture) : null;
}
