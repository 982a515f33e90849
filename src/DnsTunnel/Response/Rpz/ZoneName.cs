namespace DnsTunnel.Response.Rpz;

/// <summary>
/// An owner or origin in a zone file: labels without the empty one at the end, from the root or from the name the server's
/// configuration gives the zone, which the file need not tell.
/// </summary>
internal sealed class ZoneName
{
    private const int MaxLabels = Names.DnsName.MaxWireLength - 1;

    private readonly byte[] _labels = new byte[MaxLabels];
    private int _length;

    public ReadOnlySpan<byte> Labels => _labels.AsSpan(0, _length);

    public bool IsAbsolute { get; private set; }

    public bool Is(ZoneName other) => IsAbsolute == other.IsAbsolute && Names.DnsName.EqualsIgnoreCase(Labels, other.Labels);

    public void Set(ZoneName other)
    {
        other.Labels.CopyTo(_labels);
        (_length, IsAbsolute) = (other._length, other.IsAbsolute);
    }

    /// <summary>Reads a name of a zone file; false when it is none, and the content is then undefined.</summary>
    public bool TrySet(ReadOnlySpan<byte> token, ZoneName origin)
    {
        if (token is [(byte)'@'])
        {
            Set(origin);
            return true;
        }
        (_length, IsAbsolute) = (0, true);
        if (token is [(byte)'.']) return true;

        while (!token.IsEmpty)
        {
            if (!TryAddLabel(ref token, out var dot)) return false;
            if (!dot) return TryAdd(origin);
        }
        return true;
    }

    private bool TryAddLabel(ref ReadOnlySpan<byte> token, out bool dot)
    {
        dot = false;
        var start = _length;
        if (start == MaxLabels) return false;
        _length++;
        while (!token.IsEmpty && !dot)
        {
            dot = token[0] == (byte)'.';
            if (dot) token = token[1..];
            else if (!TryAddByte(ref token)) return false;
        }
        _labels[start] = (byte)Math.Min(_length - start - 1, byte.MaxValue);
        return _labels[start] is > 0 and <= 63;
    }

    private bool TryAddByte(ref ReadOnlySpan<byte> token)
    {
        var (value, used) = token switch
        {
            [(byte)'\\', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', >= (byte)'0' and <= (byte)'9', ..] =>
                ((token[1] - '0') * 100 + (token[2] - '0') * 10 + token[3] - '0', 4),
            [(byte)'\\', _, ..] => (token[1], 2),
            [(byte)'\\'] => (-1, 1),
            _ => (token[0], 1),
        };
        if (value is < 0 or > byte.MaxValue || _length == MaxLabels) return false;
        _labels[_length++] = (byte)value;
        token = token[used..];
        return true;
    }

    private bool TryAdd(ZoneName origin)
    {
        if (_length + origin._length > MaxLabels) return false;
        origin.Labels.CopyTo(_labels.AsSpan(_length));
        _length += origin._length;
        IsAbsolute = origin.IsAbsolute;
        return true;
    }
}
