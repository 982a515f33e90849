namespace DnsTunnel.Response.Rpz;

/// <summary>The serial number of a zone (RFC 1982): only when it grows do secondaries and reloading servers take the zone up.</summary>
internal static class SoaSerial
{
    /// <summary>The first serial of a new zone: YYYYMMDD01, as RFC 1912, section 2.2, recommends.</summary>
    public static uint First(DateOnly today) => Day(today) * 100 + 1;

    /// <summary>
    /// The serial after this one: today's YYYYMMDD00 when the zone counts by date and that is greater, else one more. A zone that
    /// counts 1, 2, 3 or by Unix time is not turned to dates: there is no way back from a greater serial.
    /// </summary>
    public static uint Next(uint current, DateOnly today)
    {
        var first = Day(today) * 100;
        if (IsDate(current) && IsGreater(first, current)) return first;
        // 0 is what many programs take for "none".
        return current == uint.MaxValue ? 1 : current + 1;
    }

    /// <summary>RFC 1982, section 3.2; undefined (false both ways) at a distance of 2^31.</summary>
    public static bool IsGreater(uint left, uint right) => left - right is > 0 and < 1u << 31;

    private static uint Day(DateOnly day) => (uint)(day.Year * 10000 + day.Month * 100 + day.Day);

    private static bool IsDate(uint serial)
    {
        var (year, month, day) = ((int)(serial / 1000000), (int)(serial / 10000 % 100), (int)(serial / 100 % 100));
        return year is >= 1980 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }
}
