namespace DnsTunnel.Logs;

/// <summary>What stands before a server's own words: time, syslog's host and tag.</summary>
internal static class LinePrefix
{
    /// <summary>The text up to a marker, and what comes after it; false when the marker is not there.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> line, ReadOnlySpan<byte> marker, out ReadOnlySpan<byte> before, out ReadOnlySpan<byte> after)
    {
        var start = line.IndexOf(marker);
        before = start < 0 ? default : line[..start];
        after = start < 0 ? default : line[(start + marker.Length)..];
        return start >= 0;
    }

    /// <summary>Takes the text up to a space, and the space, off a line.</summary>
    public static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> rest, byte end = (byte)' ')
    {
        var length = rest.IndexOf(end);
        var word = length < 0 ? rest : rest[..length];
        rest = length < 0 ? default : rest[(length + 1)..];
        return word;
    }

    /// <summary>
    /// Reads the time in a prefix: the server's own, after syslog's "tag[pid]: ", where it writes one, else syslog's. Syslog's priority
    /// (RFC 5424, section 6.2.1) may stand before it.
    /// </summary>
    public static DateTime? ReadTime(ReadOnlySpan<byte> prefix, LogClock clock)
    {
        DateTime time;
        if (prefix.LastIndexOf("]: "u8) is >= 0 and var tag)
        {
            var own = prefix[(tag + 3)..];
            if (clock.TryReadStart(own, out time, out _)) return time;
            // Infoblox writes the category before its time.
            if (TrySplit(own, ": "u8, out _, out own) && clock.TryReadStart(own, out time, out _)) return time;
        }
        if (prefix is [(byte)'<', ..])
        {
            prefix = prefix[(prefix.IndexOf((byte)'>') + 1)..];
            if (prefix.StartsWith("1 "u8)) prefix = prefix[2..];
        }
        return clock.TryReadStart(prefix, out time, out _) ? time : null;
    }
}
