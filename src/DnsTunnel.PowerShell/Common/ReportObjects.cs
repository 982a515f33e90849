using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DnsTunnel.Report;

namespace DnsTunnel.PowerShell;

/// <summary>What a report takes beside findings, live or saved: actions of the journal, and statistics of the input.</summary>
internal static class ReportObjects
{
    /// <summary>The action; null for what is none.</summary>
    public static DnsTunnelResponse? Response(PSObject? item)
    {
        if (item?.BaseObject is DnsTunnelResponse response) return response;
        if (item is null || Text(item, "Target") is not { } target || !TryConvert(item, "Status", out DnsTunnelResponseStatus status)) return null;
        return new DnsTunnelResponse
        {
            Id = Text(item, "Id") ?? string.Empty,
            Action = TryConvert(item, "Action", out DnsTunnelAction action) ? action : default,
            Target = target,
            Provider = Text(item, "Provider") ?? string.Empty,
            Path = Text(item, "Path"),
            Status = status,
            Changes = ObjectProperties.Value(item, "Changes") is IEnumerable lines and not string ? [.. lines.Cast<object?>().Select(l => l?.ToString()).OfType<string>()] : [],
            Timestamp = TryConvert(item, "Timestamp", out DateTime time) ? time.ToUniversalTime() : default,
            UndoneAt = TryConvert(item, "UndoneAt", out DateTime undone) ? undone.ToUniversalTime() : null,
            Note = Text(item, "Note"),
        };
    }

    /// <summary>The statistics of one source, or of each in a list, as -StatisticsVariable has them.</summary>
    public static IEnumerable<ReportInput> Inputs(PSObject? item) => item?.BaseObject switch
    {
        null => [],
        CaptureStatistics capture => [new(capture.Source ?? "input", capture.ToString(), [.. capture.Warnings, .. Unseen(capture)])],
        LogStatistics log => [new(log.Source ?? "input", log.ToString(), [.. log.Warnings])],
        IEnumerable list and not string => list.Cast<object?>().Where(i => i is not null).SelectMany(i => Inputs(PSObject.AsPSObject(i))),
        // What was saved has its counts as text, and its warnings no more.
        _ => [new(Text(item, "Source") ?? "input", item.ToString(), null)],
    };

    private static IEnumerable<string> Unseen(CaptureStatistics capture)
    {
        if (capture.EncryptedDns > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{capture.EncryptedDns:N0} packets of encrypted DNS could not be looked into.");
        var dropped = capture.KernelDropped + capture.InterfaceDropped + capture.QueueDropped;
        if (dropped > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{dropped:N0} packets were lost while capturing.");
    }

    private static string? Text(PSObject item, string name) => ObjectProperties.Value(item, name)?.ToString() is { Length: > 0 } text ? text : null;

    private static bool TryConvert<T>(PSObject item, string name, out T value)
    {
        value = default!;
        return ObjectProperties.Value(item, name) is { } found && LanguagePrimitives.TryConvertTo(found, CultureInfo.InvariantCulture, out value);
    }
}
