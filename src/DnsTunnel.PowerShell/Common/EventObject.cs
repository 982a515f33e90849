using System.Management.Automation;
using DnsTunnel.Logs;
using DnsTunnel.Logs.Formats;
using DnsTunnel.Logs.Objects;

namespace DnsTunnel.PowerShell;

/// <summary>
/// Event records as Get-WinEvent emits them, known by their properties: their type exists on Windows alone, and those that came
/// through remoting have lost it.
/// </summary>
internal static class EventObject
{
    public static bool Is(PSObject item) =>
        item.Properties["ProviderName"] is not null && item.Properties["LogName"] is not null && item.Properties["Id"] is not null;

    /// <summary>The query of an event; null, with the reason, when it tells of none.</summary>
    public static DnsQuery? Read(PSObject item, QueryObjectReader reader, out LogLineStatus status)
    {
        status = LogLineStatus.NoQuery;
        if (!IsQuery(item)) return reader.Count(status);
        if (item.Methods["ToXml"] is { } toXml) return reader.ReadEvent(toXml.Invoke()?.ToString() ?? string.Empty, out status);

        var message = SysmonMessage.Read(ObjectProperties.Value(item, "Message") as string ?? string.Empty);
        status = reader.Read(message.Append(new("MachineName", ObjectProperties.Value(item, "MachineName"))), out _);
        return status == LogLineStatus.Query ? reader.Take() : reader.Count(status);
    }

    // To get the XML of an event takes far longer than to look at its id.
    private static bool IsQuery(PSObject item) =>
        LanguagePrimitives.TryConvertTo(ObjectProperties.Value(item, "Id"), out int id) &&
        WindowsEvents.IsQuery(ObjectProperties.Value(item, "ProviderName") as string ?? string.Empty, id);
}
