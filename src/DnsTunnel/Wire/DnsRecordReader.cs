using System.Buffers.Binary;

namespace DnsTunnel.Wire;

/// <summary>Walks records of a message, one by one.</summary>
internal ref struct DnsRecordReader(ReadOnlySpan<byte> message, int offset, int count)
{
    /// <summary>Type, class, TTL and RDLENGTH.</summary>
    private const int FixedLength = 10;

    private readonly ReadOnlySpan<byte> _message = message;
    private int _left = count;

    /// <summary>Where the next record begins.</summary>
    public int Offset { get; private set; } = offset;

    /// <summary>Why <see cref="TryRead"/> returned false: Ok at the end.</summary>
    public DnsReadStatus Status { get; private set; }

    public bool TryRead(out DnsRecord record)
    {
        record = default;
        if (_left == 0 || Status != DnsReadStatus.Ok) return false;

        var position = Offset;
        Status = DnsNameReader.TryRead(_message, ref position, [], out _);
        if (Status != DnsReadStatus.Ok) return false;
        if (position + FixedLength > _message.Length)
        {
            Status = DnsReadStatus.RecordTruncated;
            return false;
        }

        var fixedPart = _message.Slice(position, FixedLength);
        var dataLength = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[8..]);
        if (position + FixedLength + dataLength > _message.Length)
        {
            Status = DnsReadStatus.RecordTruncated;
            return false;
        }

        record = new DnsRecord
        {
            Message = _message,
            Type = BinaryPrimitives.ReadUInt16BigEndian(fixedPart),
            Class = BinaryPrimitives.ReadUInt16BigEndian(fixedPart[2..]),
            TimeToLive = BinaryPrimitives.ReadUInt32BigEndian(fixedPart[4..]),
            DataOffset = position + FixedLength,
            DataLength = dataLength,
        };
        Offset = position + FixedLength + dataLength;
        _left--;
        return true;
    }
}
