using System.Buffers.Text;

namespace DnsTunnel.Logs;

/// <summary>
/// Times as logs write them, to UTC. A time without a zone is of the zone of the server that wrote the log. A time without a year has
/// the latest year that does not put it after the reference, the time when the log was last written (a day's grace for clocks).
/// </summary>
internal sealed class LogClock(TimeZoneInfo zone, DateTime reference)
{
    private const long MillisecondsFrom = 100_000_000_000;

    /// <summary>When the log was last written, UTC: also the time of lines that have none.</summary>
    public DateTime Reference { get; set; } = reference;

    /// <summary>Reads a whole text: ISO 8601, seconds since 1970, or one of the forms of <see cref="TryReadStart"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="time">The time in UTC.</param>
    /// <param name="utc">Whether a time without a zone is UTC in any case.</param>
    public bool TryRead(ReadOnlySpan<byte> text, out DateTime time, bool utc = false)
    {
        if (TryReadEpoch(text, out var used, out time) && used == text.Length) return true;
        return TryReadStart(text, out time, out _, utc);
    }

    /// <summary>Reads the time that a text begins with, and says how long it is.</summary>
    public bool TryReadStart(ReadOnlySpan<byte> text, out DateTime time, out int used, bool utc = false)
    {
        used = 0;
        if (text is [(byte)'[', .. var inside] && TryReadEpoch(inside, out used, out time))
        {
            used += 2;
            return true;
        }
        if (LogTimeFormats.TryReadIso(text, out time, out used, out var offset)) return Finish(ref time, offset, utc);
        if (LogTimeFormats.TryReadDayMonthYear(text, out time, out used)) return Finish(ref time, null, utc);
        if (LogTimeFormats.TryReadMonthDay(text, Reference, out time, out used)) return FinishWithoutYear(ref time);
        return false;
    }

    /// <summary>Turns a time of the server's zone into UTC.</summary>
    public DateTime ToUtc(DateTime local)
    {
        if (ReferenceEquals(zone, TimeZoneInfo.Utc)) return DateTime.SpecifyKind(local, DateTimeKind.Utc);
        // Inside the hour that spring leaves out there is no such local time: the standard offset is as good as any.
        var offset = zone.IsInvalidTime(local) ? zone.BaseUtcOffset : zone.GetUtcOffset(local);
        return new DateTime(Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc);
    }

    private static bool TryReadEpoch(ReadOnlySpan<byte> text, out int used, out DateTime time)
    {
        time = default;
        if (!Utf8Parser.TryParse(text, out long number, out used) || number < 0 || !char.IsAsciiDigit((char)text[0])) return false;
        // Milli-, micro- and nanoseconds are told by their size: seconds of that size lie after the year 5000.
        var ticksPerUnit = number switch
        {
            < MillisecondsFrom => TimeSpan.TicksPerSecond,
            < MillisecondsFrom * 1000 => TimeSpan.TicksPerMillisecond,
            < MillisecondsFrom * 1_000_000 => TimeSpan.TicksPerMicrosecond,
            _ => 0,
        };
        var ticks = ticksPerUnit == 0 ? number / TimeSpan.NanosecondsPerTick : number * ticksPerUnit;
        if (ticksPerUnit == TimeSpan.TicksPerSecond) ticks += LogTimeFormats.ReadFraction(text, ref used);
        time = DateTime.UnixEpoch.AddTicks(ticks);
        return true;
    }

    private bool Finish(ref DateTime time, TimeSpan? offset, bool utc)
    {
        time = offset is { } known
            ? new DateTime(Math.Clamp(time.Ticks - known.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), DateTimeKind.Utc)
            : utc ? DateTime.SpecifyKind(time, DateTimeKind.Utc) : ToUtc(time);
        return true;
    }

    private bool FinishWithoutYear(ref DateTime time)
    {
        var local = time;
        time = ToUtc(local);
        if (time <= Reference.AddDays(1) || local.Year <= 1) return true;
        time = LogTimeFormats.TryChangeYear(local, local.Year - 1, out var earlier) ? ToUtc(earlier) : time;
        return true;
    }
}
