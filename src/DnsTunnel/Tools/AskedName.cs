namespace DnsTunnel.Tools;

/// <summary>The labels of a name left of its registered domain; the last of them may belong to the tunnel's zone.</summary>
/// <param name="labels">In wire form and wire case.</param>
/// <param name="type">It was asked for with.</param>
internal readonly ref struct AskedName(ReadOnlySpan<byte> labels, ushort type)
{
    private readonly ReadOnlySpan<byte> _wire = labels;

    public ushort Type { get; } = type;

    /// <summary>A label without its length byte; empty when there are not so many.</summary>
    public ReadOnlySpan<byte> this[int index]
    {
        get
        {
            var rest = _wire;
            for (; index > 0 && !rest.IsEmpty; index--) rest = rest[(1 + rest[0])..];
            return rest.IsEmpty ? default : rest.Slice(1, rest[0]);
        }
    }

    public int IndexOf(ReadOnlySpan<byte> label)
    {
        var index = 0;
        for (var rest = _wire; !rest.IsEmpty; rest = rest[(1 + rest[0])..], index++)
        {
            if (Alphabet.Same(rest.Slice(1, rest[0]), label)) return index;
        }

        return -1;
    }

    /// <summary>Joins what a tool has cut into labels of one length and a shorter rest.</summary>
    /// <param name="full">The length at which it cuts.</param>
    /// <param name="first">Index of the first label to take.</param>
    /// <param name="buffer">Gets the characters; as long as a name.</param>
    public ReadOnlySpan<byte> Join(int full, int first, Span<byte> buffer)
    {
        var length = 0;
        for (var label = this[first]; !label.IsEmpty; label = this[++first])
        {
            label.CopyTo(buffer[length..]);
            length += label.Length;
            if (label.Length != full) break;
        }

        return buffer[..length];
    }
}
