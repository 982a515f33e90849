using System.Collections;
using System.Globalization;
using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>Volumes that were saved or sent and are no DomainVolume any more: from Import-Clixml, Import-Csv, a remote session.</summary>
internal static class VolumeObject
{
    /// <summary>The volume that an object has the properties of; null when it has not those that make one.</summary>
    public static DomainVolume? Read(PSObject item)
    {
        if (item.BaseObject is DomainVolume volume) return volume;
        if (item.Properties["InformationBytes"] is null || ObjectProperties.Value(item, "Domain") is not string { Length: > 0 } domain) return null;
        if (Time(item, "WindowStart") is not { } start || Time(item, "WindowEnd") is not { } end) return null;
        return new DomainVolume
        {
            WindowStart = start,
            WindowEnd = end,
            Domain = domain,
            Client = ObjectProperties.Value(item, "Client") is string { Length: > 0 } client ? client : null,
            QueryCount = Number(item, "QueryCount"),
            UniqueNames = Number(item, "UniqueNames"),
            UniqueNameBytes = Number(item, "UniqueNameBytes"),
            InformationBytes = Number(item, "InformationBytes"),
            ClientCount = Number(item, "ClientCount"),
            NxDomainCount = Number(item, "NxDomainCount"),
            MaxNameLength = (int)Math.Min(Number(item, "MaxNameLength"), int.MaxValue),
            QueryBytes = Number(item, "QueryBytes"),
            ResponseBytes = Number(item, "ResponseBytes"),
            QueryTypes = Types(ObjectProperties.Value(item, "QueryTypes")),
            FirstSeen = Time(item, "FirstSeen") ?? start,
            LastSeen = Time(item, "LastSeen") ?? start,
        };
    }

    private static long Number(PSObject item, string name) =>
        LanguagePrimitives.TryConvertTo(ObjectProperties.Value(item, name), CultureInfo.InvariantCulture, out long number) ? Math.Max(0, number) : 0;

    private static DateTime? Time(PSObject item, string name)
    {
        if (ObjectProperties.Value(item, name) is not { } value || !LanguagePrimitives.TryConvertTo(value, CultureInfo.InvariantCulture, out DateTime time)) return null;
        return time.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : time.ToUniversalTime();
    }

    private static Dictionary<string, long> Types(object? value)
    {
        var types = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in value as IDictionary ?? types)
        {
            if (LanguagePrimitives.TryConvertTo(entry.Value, out long count) && count > 0) types[entry.Key.ToString()!] = count;
        }
        return types;
    }
}
