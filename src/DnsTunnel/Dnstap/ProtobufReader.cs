using System.Buffers.Binary;

namespace DnsTunnel.Dnstap;

/// <summary>Reads the fields of a Protocol Buffers message (https://protobuf.dev/programming-guides/encoding), whatever it is of.</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxVarintBits = 64;

    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>The number of the field.</summary>
    public int Field { get; private set; }

    /// <summary>The value of a varint or of a field of fixed size; 0 for others.</summary>
    public ulong Number { get; private set; }

    /// <summary>The value of a string, of bytes or of a message; empty for others.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>Whether reading ended at something that is no field.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Moves to the next field; false at the end or at something that is none.</summary>
    public bool TryRead()
    {
        if (_rest.IsEmpty || IsMalformed) return false;
        Number = 0;
        Bytes = default;
        if (!TryReadVarint(out var tag) || tag >> 3 is 0 or > int.MaxValue)
        {
            IsMalformed = true;
            return false;
        }
        Field = (int)(tag >> 3);
        var read = (tag & 7) switch
        {
            0 => TryReadNumber(),
            1 => TryReadFixed(sizeof(ulong)),
            2 => TryReadBytes(),
            5 => TryReadFixed(sizeof(uint)),
            // Groups (3 and 4) are not in proto2 messages of this decade.
            _ => false,
        };
        IsMalformed = !read;
        return read;
    }

    private bool TryReadNumber()
    {
        var read = TryReadVarint(out var number);
        Number = number;
        return read;
    }

    private bool TryReadFixed(int size)
    {
        if (_rest.Length < size) return false;
        Number = size == sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(_rest) : BinaryPrimitives.ReadUInt64LittleEndian(_rest);
        _rest = _rest[size..];
        return true;
    }

    private bool TryReadBytes()
    {
        if (!TryReadVarint(out var length) || length > (ulong)_rest.Length) return false;
        Bytes = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var (i, shift) = (0, 0); i < _rest.Length && shift < MaxVarintBits; i++, shift += 7)
        {
            value |= (ulong)(_rest[i] & 0x7f) << shift;
            if (_rest[i] >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return true;
        }
        return false;
    }
}
