using System.Buffers.Text;

namespace DnsTunnel.Logs;

/// <summary>Reads the times that lines begin with. The results have no zone yet.</summary>
internal static class LogTimeFormats
{
    private const int MaxFractionDigits = 7;

    private static ReadOnlySpan<byte> Months => "janfebmaraprmayjunjulaugsepoctnovdec"u8;

    /// <summary>ISO 8601 and RFC 3339: 2026-11-24T10:28:49.949Z, with a space for the T, with an offset or none.</summary>
    public static bool TryReadIso(ReadOnlySpan<byte> text, out DateTime time, out int used, out TimeSpan? offset)
    {
        offset = null;
        time = default;
        used = 19;
        if (text.Length < used || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)'t' or (byte)' ')) return false;
        if (!TryTwo(text, out var century) || !TryTwo(text[2..], out var year) || !TryTwo(text[5..], out var month)) return false;
        if (!TryTwo(text[8..], out var day) || !TryMake(century * 100 + year, month, day, text[11..], out time)) return false;
        time = time.AddTicks(ReadFraction(text, ref used));
        offset = ReadOffset(text, ref used);
        return true;
    }

    /// <summary>24-Nov-2026 10:28:47.525: BIND.</summary>
    public static bool TryReadDayMonthYear(ReadOnlySpan<byte> text, out DateTime time, out int used)
    {
        time = default;
        used = 20;
        if (text.Length < used || text[2] != '-' || text[6] != '-' || text[11] != ' ') return false;
        var month = Month(text[3..]);
        if (!TryTwo(text, out var day) || !TryTwo(text[7..], out var century) || !TryTwo(text[9..], out var year)) return false;
        if (!TryMake(century * 100 + year, month, day, text[12..], out time)) return false;
        time = time.AddTicks(ReadFraction(text, ref used));
        return true;
    }

    /// <summary>Nov 24 10:28:54 or Apr  1 13:52:14: syslog (RFC 3164, section 4.1.2); in the year of the reference, or before for 29 February.</summary>
    public static bool TryReadMonthDay(ReadOnlySpan<byte> text, DateTime reference, out DateTime time, out int used)
    {
        time = default;
        used = 15;
        if (text.Length < used || text[3] != ' ' || text[6] != ' ') return false;
        var month = Month(text);
        var day = text[4] == ' ' ? text[5] - '0' : TryTwo(text[4..], out var two) ? two : 0;
        if (month == 0 || day is < 1 or > 31) return false;
        for (var year = reference.Year; year > reference.Year - 8 && year > 0; year--)
        {
            if (!TryMake(year, month, day, text[7..], out time)) continue;
            time = time.AddTicks(ReadFraction(text, ref used));
            return true;
        }
        return false;
    }

    /// <summary>The same time in another year; false when that has no such day.</summary>
    public static bool TryChangeYear(DateTime time, int year, out DateTime changed)
    {
        changed = default;
        while (year > 0 && time is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year)) year--;
        if (year <= 0) return false;
        changed = new DateTime(year, time.Month, time.Day).Add(time.TimeOfDay);
        return true;
    }

    /// <summary>Reads .fff or ,fff in ticks when it stands there, and moves on past it.</summary>
    public static long ReadFraction(ReadOnlySpan<byte> text, ref int used)
    {
        if (used >= text.Length || text[used] is not ((byte)'.' or (byte)',')) return 0;
        var (position, digits, ticks) = (used + 1, 0, 0L);
        for (; position < text.Length && char.IsAsciiDigit((char)text[position]); position++)
        {
            if (digits >= MaxFractionDigits) continue;
            ticks = ticks * 10 + text[position] - '0';
            digits++;
        }
        if (digits == 0) return 0;
        used = position;
        for (; digits < MaxFractionDigits; digits++) ticks *= 10;
        return ticks;
    }

    /// <summary>Month, day, year and time of day, when they make a time; the text begins with HH:mm:ss.</summary>
    public static bool TryMake(int year, int month, int day, ReadOnlySpan<byte> clock, out DateTime time)
    {
        time = default;
        if (clock.Length < 8 || clock[2] != ':' || clock[5] != ':') return false;
        if (!TryTwo(clock, out var hour) || !TryTwo(clock[3..], out var minute) || !TryTwo(clock[6..], out var second)) return false;
        return TryMake(year, month, day, hour, minute, second, out time);
    }

    public static bool TryMake(int year, int month, int day, int hour, int minute, int second, out DateTime time)
    {
        time = default;
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        // 60 is a leap second.
        if (hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60) return false;
        time = new DateTime(year, month, day, hour, minute, 0).AddSeconds(second);
        return true;
    }

    private static TimeSpan? ReadOffset(ReadOnlySpan<byte> text, ref int used)
    {
        if (used >= text.Length) return null;
        if (text[used] is (byte)'Z' or (byte)'z')
        {
            used++;
            return TimeSpan.Zero;
        }
        var rest = text[used..];
        if (rest.Length < 5 || rest[0] is not ((byte)'+' or (byte)'-') || !TryTwo(rest[1..], out var hours)) return null;
        var colon = rest[3] == ':' ? 1 : 0;
        if (rest.Length < 5 + colon || !TryTwo(rest[(3 + colon)..], out var minutes)) return null;
        used += 5 + colon;
        var offset = new TimeSpan(hours, minutes, 0);
        return rest[0] == '-' ? -offset : offset;
    }

    private static int Month(ReadOnlySpan<byte> text)
    {
        Span<byte> lower = [(byte)(text[0] | 0x20), (byte)(text[1] | 0x20), (byte)(text[2] | 0x20)];
        for (var month = 0; month < 12; month++)
        {
            if (Months.Slice(month * 3, 3).SequenceEqual(lower)) return month + 1;
        }
        return 0;
    }

    private static bool TryTwo(ReadOnlySpan<byte> text, out int value) =>
        Utf8Parser.TryParse(text[..2], out value, out var read, 'D') && read == 2 && text[0] is >= (byte)'0' and <= (byte)'9';
}
