namespace DnsTunnel.Logs;

/// <summary>The fields of a line of separated values (RFC 4180); quoted fields may not hold line ends here.</summary>
internal ref struct CsvLine(ReadOnlySpan<byte> line, byte separator, Span<byte> scratch)
{
    private readonly Span<byte> _scratch = scratch;
    private ReadOnlySpan<byte> _rest = line;
    private bool _ended;

    /// <summary>Takes the next field, without its quotes; valid until the next. False at the end.</summary>
    public bool TryTake(out ReadOnlySpan<byte> field)
    {
        field = default;
        if (_ended) return false;
        if (_rest is [(byte)'"', .. var quoted])
        {
            field = TakeQuoted(quoted);
            return true;
        }
        var end = _rest.IndexOf(separator);
        field = end < 0 ? _rest : _rest[..end];
        Advance(_rest, end);
        return true;
    }

    private ReadOnlySpan<byte> TakeQuoted(ReadOnlySpan<byte> rest)
    {
        var length = 0;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                if (i + 1 >= rest.Length || rest[i + 1] != '"')
                {
                    rest = rest[(i + 1)..];
                    Advance(rest, rest.IndexOf(separator));
                    return _scratch[..length];
                }
                i++;
            }
            _scratch[length++] = rest[i];
        }
        _ended = true;
        return _scratch[..length];
    }

    private void Advance(ReadOnlySpan<byte> rest, int end)
    {
        _ended = end < 0;
        _rest = _ended ? default : rest[(end + 1)..];
    }
}
