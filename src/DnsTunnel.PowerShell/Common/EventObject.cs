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

    /// <summary>Reads an event; what it tells is then to be taken from the reader.</summary>
    public static LogLineStatus Read(PSObject item, QueryObjectReader reader)
    {
        if (!IsQuery(item)) return reader.Count(LogLineStatus.NoQuery);
        if (item.Methods["ToXml"] is { } toXml) return reader.ReadEvent(toXml.Invoke()?.ToString() ?? string.Empty);

        var message = SysmonMessage.Read(ObjectProperties.Value(item, "Message") as string ?? string.Empty);
        var status = reader.Read(message.Append(new("MachineName", ObjectProperties.Value(item, "MachineName"))), out _);
        if (status == LogLineStatus.Query) reader.Add();
        return reader.Count(status);
    }

    // To get the XML of an event takes far longer than to look at its id.
    private static bool IsQuery(PSObject item) =>
        LanguagePrimitives.TryConvertTo(ObjectProperties.Value(item, "Id"), out int id) &&
        WindowsEvents.KindOf(ObjectProperties.Value(item, "ProviderName") as string ?? string.Empty, id) != WindowsEventKind.Other;
}
