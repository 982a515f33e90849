using System.Diagnostics;
using System.Globalization;
using DnsTunnel.Delivery;
using DnsTunnel.Monitoring;
using DnsTunnel.Monitoring.Sources;

namespace DnsTunnel.PowerShell;

/// <summary>What is told of the sources.</summary>
public sealed partial class StartDnsTunnelMonitorCommand
{
    private static readonly TimeSpan s_timeBetweenDrops = TimeSpan.FromMinutes(15);

    private readonly Stopwatch _sinceDrops = new();
    private Silence _silence = null!;
    private long _dropped;

    private void TellOfSilence()
    {
        if (_silence.IsTooLong(Monitor.Queries)) TellSilence(_silence.Since);
        else if (Monitor.Queries > 0 && Ledger.SilenceTold is { } told)
        {
            Ledger.SilenceTold = null;
            Tell(Notice(SourceNoticeKind.Back, told, $"DNS is seen again from {SourceName}."));
        }
    }

    private void TellSilence(DateTime since)
    {
        var now = DateTime.UtcNow;
        if (Ledger.SilenceTold is { } told && now - told < RepeatAfter) return;
        Ledger.SilenceTold = now;
        Tell(Notice(SourceNoticeKind.Silent, since, string.Create(CultureInfo.InvariantCulture, $"No DNS was seen since {since:yyyy-MM-dd HH:mm:ss} UTC from {SourceName}: nothing can be found.")));
    }

    private void TellDrops(SourceSet sources)
    {
        var dropped = sources.Dropped;
        if (dropped == _dropped || (_sinceDrops.IsRunning && _sinceDrops.Elapsed < s_timeBetweenDrops)) return;
        var since = _sinceDrops.IsRunning ? DateTime.UtcNow - _sinceDrops.Elapsed : _start;
        Tell(Notice(SourceNoticeKind.Dropped, since, string.Create(CultureInfo.InvariantCulture, $"{dropped - _dropped:N0} packets of {SourceName} were lost before they were read.")));
        _dropped = dropped;
        _sinceDrops.Restart();
    }

    private SourceNotice Notice(SourceNoticeKind kind, DateTime since, string text) => new(kind, DateTime.UtcNow, since, SourceName, text);
}
