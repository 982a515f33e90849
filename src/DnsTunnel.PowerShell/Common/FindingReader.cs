using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>A finding with all that is known of it, live or saved: from Import-Clixml, ConvertFrom-Json, a remote session.</summary>
internal static class FindingReader
{
    /// <summary>Null for objects that are no findings; many have a Domain.</summary>
    public static DnsTunnelFinding? Read(PSObject? item)
    {
        if (item?.BaseObject is DnsTunnelFinding finding) return finding;
        if (FindingObject.From(item) is not { } known) return null;
        var start = Time(item!, "WindowStart") ?? default;
        return new DnsTunnelFinding
        {
            Domain = known.Domain,
            RelatedDomains = Texts(item!, "RelatedDomains"),
            Client = Text(item!, "Client"),
            IsTunnel = known.IsTunnel,
            Score = known.Score ?? 0,
            Severity = Severity(item!),
            RiskScore = (int)Math.Clamp(Number(item!, "RiskScore"), 0, 100),
            WindowStart = start,
            WindowEnd = Time(item!, "WindowEnd") ?? start,
            Timescale = Duration(item!, "Timescale"),
            FirstDetected = Time(item!, "FirstDetected"),
            QueryCount = Number(item!, "QueryCount"),
            UniqueNames = Number(item!, "UniqueNames"),
            BytesOut = Number(item!, "BytesOut"),
            BytesIn = Number(item!, "BytesIn"),
            Reasons = known.Reasons,
            SampleNames = Texts(item!, "SampleNames"),
            Features = Features(ObjectProperties.Value(item!, "Features")),
            Tool = Text(item!, "Tool"),
            FirstSeen = Time(item!, "FirstSeen") ?? start,
            LastSeen = Time(item!, "LastSeen") ?? start,
            Clients = Texts(item!, "Clients"),
            Processes = Texts(item!, "Processes"),
            Technique = Text(item!, "Technique") ?? "T1572",
            Tactic = Text(item!, "Tactic") ?? "TA0011",
            Exception = Text(item!, "Exception"),
            RuleName = Text(item!, "RuleName") ?? "DNS Tunneling",
            Life = Life(item!),
            Windows = [.. Items(item!, "Windows").OfType<object>().Select(w => VolumeObject.Read(PSObject.AsPSObject(w))).OfType<DomainVolume>()],
        };
    }

    private static string? Text(PSObject item, string name) => ObjectProperties.Value(item, name)?.ToString() is { Length: > 0 } text ? text : null;

    private static IEnumerable<object?> Items(PSObject item, string name) => ObjectProperties.Value(item, name) switch
    {
        null => [],
        string text => [text],
        IEnumerable items and not IDictionary => items.Cast<object?>(),
        var single => [single],
    };

    private static string[] Texts(PSObject item, string name) => [.. Items(item, name).Select(i => i?.ToString()).OfType<string>()];

    private static long Number(PSObject item, string name) =>
        LanguagePrimitives.TryConvertTo(ObjectProperties.Value(item, name), CultureInfo.InvariantCulture, out long number) ? Math.Max(0, number) : 0;

    private static DnsTunnelSeverity Severity(PSObject item) =>
        LanguagePrimitives.TryConvertTo(ObjectProperties.Value(item, "Severity"), CultureInfo.InvariantCulture, out DnsTunnelSeverity severity) ? severity : default;

    private static DnsTunnelFindingLife? Life(PSObject item) =>
        ObjectProperties.Value(item, "Life") is { } value && LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out DnsTunnelFindingLife life) ? life : null;

    private static DateTime? Time(PSObject item, string name)
    {
        if (ObjectProperties.Value(item, name) is not { } value || !LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out DateTime time)) return null;
        return time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
    }

    /// <summary>JSON has a TimeSpan as an object with its parts.</summary>
    private static TimeSpan Duration(PSObject item, string name)
    {
        var value = ObjectProperties.Value(item, name);
        if (value is PSObject parts) value = ObjectProperties.Value(parts, "Ticks") is long ticks ? TimeSpan.FromTicks(ticks) : null;
        return LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out TimeSpan duration) ? duration : default;
    }

    private static Dictionary<string, DnsTunnelFeature> Features(object? value)
    {
        var features = new Dictionary<string, DnsTunnelFeature>(StringComparer.Ordinal);
        var entries = value switch
        {
            IDictionary dictionary => dictionary.Cast<DictionaryEntry>().Select(e => (e.Key.ToString()!, e.Value)),
            PSObject item => item.Properties.Select(p => (p.Name, (object?)p.Value)),
            _ => [],
        };
        foreach (var (name, entry) in entries)
        {
            if (entry is not null && Feature(PSObject.AsPSObject(entry)) is { } feature) features[name] = feature;
        }
        return features;
    }

    /// <summary>Export-Clixml keeps the text alone of what lies deep.</summary>
    private static DnsTunnelFeature? Feature(PSObject item)
    {
        if (item.BaseObject is DnsTunnelFeature feature) return feature;
        object?[] parts = item.BaseObject is string text ? text.TrimEnd(')').Split(" (") : [ObjectProperties.Value(item, "Value"), ObjectProperties.Value(item, "Contribution")];
        if (parts.Length != 2) return null;
        return LanguagePrimitives.TryConvertTo(parts[0], CultureInfo.InvariantCulture, out double value)
            && LanguagePrimitives.TryConvertTo(parts[1], CultureInfo.InvariantCulture, out double contribution) ? new(value, contribution) : null;
    }
}
