namespace DnsTunnel.Capture;

/// <summary>Turns the time stamps of a pcapng interface into ticks, from its if_tsresol and if_tsoffset.</summary>
internal readonly struct CaptureClock
{
    private const int TicksExponent = 7;
    private const int LargestExponent = 19;
    private const byte BinaryFlag = 0x80;

    // No real clock stands outside of these years. Such a time is taken for the epoch, so that date arithmetic later cannot overflow.
    private static readonly Int128 s_first = DateTime.UnixEpoch.Ticks;
    private static readonly Int128 s_end = new DateTime(3000, 1, 1, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly ulong _multiplier;
    private readonly ulong _divisor;
    private readonly int _shift;
    private readonly long _offsetSeconds;

    /// <summary>A clock of a resolution: 10^-n, or 2^-n when the highest bit is set; and seconds to add to each time.</summary>
    public CaptureClock(byte resolution, long offsetSeconds)
    {
        _multiplier = 1;
        _divisor = 1;
        _offsetSeconds = offsetSeconds;
        var exponent = resolution & ~BinaryFlag;
        if ((resolution & BinaryFlag) != 0)
        {
            _multiplier = (ulong)TimeSpan.TicksPerSecond;
            _shift = exponent;
        }
        else if (exponent <= TicksExponent)
        {
            _multiplier = Power(TicksExponent - exponent);
        }
        else
        {
            // From 10^-27 on, 64 bits of it are no whole tick.
            if (exponent - TicksExponent > LargestExponent) _multiplier = 0;
            else _divisor = Power(exponent - TicksExponent);
        }
    }

    /// <summary>Ticks (100 ns since year 1, UTC) of a time stamp.</summary>
    public long ToTicks(ulong stamp)
    {
        var high = Math.BigMul(stamp / _divisor, _multiplier, out var low);
        if (_shift > 0)
        {
            var shifted = new UInt128(high, low) >> _shift;
            (high, low) = ((ulong)(shifted >> 64), (ulong)shifted);
        }
        var ticks = new Int128(high, low) + s_first + ((Int128)_offsetSeconds * TimeSpan.TicksPerSecond);
        return ticks >= s_first && ticks < s_end ? (long)ticks : (long)s_first;
    }

    private static ulong Power(int exponent)
    {
        var power = 1UL;
        for (; exponent > 0; exponent--) power *= 10;
        return power;
    }
}
