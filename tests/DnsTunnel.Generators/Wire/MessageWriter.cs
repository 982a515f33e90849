using System.Buffers.Binary;

namespace DnsTunnel.Generators.Wire;

/// <summary>Writes DNS messages (RFC 1035 section 4) with compressed names.</summary>
internal sealed class MessageWriter
{
    private const int HeaderSize = 12;
    private const int MaxPointer = 0x3FFF;
    private const int MaxLabel = 63;
    private const int MaxName = 255;

    private readonly byte[] _buffer = new byte[65535];
    private readonly Dictionary<string, int> _names = [];
    private int _length;

    public ReadOnlySpan<byte> Query(Question question, ushort id, ushort ednsSize)
    {
        Begin(question, id, 0x0100);
        return Finish(ednsSize);
    }

    public ReadOnlySpan<byte> Response(Question question, ushort id, ushort ednsSize)
    {
        var reply = question.Reply;
        Begin(question, id, (ushort)(0x8180 | reply.Rcode));
        foreach (var record in reply.Answers) Write(record, question.Name);
        foreach (var record in reply.Authority ?? []) Write(record, question.Name);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(6), (ushort)reply.Answers.Length);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(8), (ushort)(reply.Authority?.Length ?? 0));
        return Finish(ednsSize);
    }

    private void Begin(Question question, ushort id, ushort flags)
    {
        _names.Clear();
        _buffer.AsSpan(0, HeaderSize).Clear();
        BinaryPrimitives.WriteUInt16BigEndian(_buffer, id);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(2), flags);
        _buffer[5] = 1;
        _length = HeaderSize;
        Write(question.Name);
        Write(question.Type);
        Write((ushort)1);
    }

    private ReadOnlySpan<byte> Finish(ushort ednsSize)
    {
        if (ednsSize > 0)
        {
            _buffer[11] = 1;
            _buffer[_length++] = 0;
            Write(RecordType.Opt);
            Write(ednsSize);
            Write(0u);
            Write((ushort)0);
        }
        return _buffer.AsSpan(0, _length);
    }

    private void Write(Record record, string owner)
    {
        Write(record.Owner ?? owner);
        Write(record.Type);
        Write((ushort)1);
        Write(record.Ttl);
        var lengthAt = _length;
        _length += 2;
        Write(record.Prefix);
        if (record.Target is { } target) Write(target);
        Write(record.Suffix);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(lengthAt), (ushort)(_length - lengthAt - 2));
    }

    private void Write(string name)
    {
        if (name.Length > MaxName - 2) throw new ArgumentException($"The name '{name}' is longer than DNS allows.", nameof(name));
        var rest = name;
        while (rest.Length > 0)
        {
            if (_names.TryGetValue(rest, out var offset))
            {
                Write((ushort)(0xC000 | offset));
                return;
            }
            if (_length <= MaxPointer) _names.Add(rest, _length);
            var dot = rest.IndexOf('.');
            var label = dot < 0 ? rest : rest[..dot];
            if (label.Length is 0 or > MaxLabel) throw new ArgumentException($"The name '{name}' has a label of {label.Length} bytes.", nameof(name));
            _buffer[_length++] = (byte)label.Length;
            foreach (var character in label) _buffer[_length++] = (byte)character;
            rest = dot < 0 ? "" : rest[(dot + 1)..];
        }
        _buffer[_length++] = 0;
    }

    private void Write(byte[]? bytes)
    {
        bytes?.CopyTo(_buffer, _length);
        _length += bytes?.Length ?? 0;
    }

    private void Write(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(_length), value);
        _length += 2;
    }

    private void Write(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(_length), value);
        _length += 4;
    }
}
