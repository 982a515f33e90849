using System.Buffers.Binary;

namespace DnsTunnel.Packets;

/// <summary>A TCP segment (RFC 9293, section 3.1).</summary>
internal readonly ref struct TcpSegment
{
    private const int MinLength = 20;
    private const byte FinFlag = 0x01;
    private const byte SynFlag = 0x02;
    private const byte RstFlag = 0x04;

    private readonly byte _flags;

    private TcpSegment(uint sequence, byte flags, ReadOnlySpan<byte> payload, int missing)
    {
        Sequence = sequence;
        _flags = flags;
        Payload = payload;
        Missing = missing;
    }

    public uint Sequence { get; }

    /// <summary>The sequence number of the first byte of payload: SYN takes one itself.</summary>
    public uint DataSequence => IsSyn ? Sequence + 1 : Sequence;

    public ReadOnlySpan<byte> Payload { get; }

    /// <summary>Bytes of the payload that the snapshot length cut off.</summary>
    public int Missing { get; }

    public bool IsSyn => (_flags & SynFlag) != 0;

    public bool IsFin => (_flags & FinFlag) != 0;

    public bool IsReset => (_flags & RstFlag) != 0;

    /// <summary>Neither data nor a change of state.</summary>
    public bool IsBareAcknowledgement => Payload.IsEmpty && Missing == 0 && (_flags & (SynFlag | FinFlag | RstFlag)) == 0;

    public static PacketStatus TryRead(ReadOnlySpan<byte> data, int missing, out TcpSegment segment)
    {
        segment = default;
        if (data.Length < MinLength) return PacketStatus.Cut;
        var headerLength = (data[12] >> 4) * 4;
        if (headerLength < MinLength) return PacketStatus.Broken;
        if (data.Length < headerLength) return PacketStatus.Cut;
        segment = new TcpSegment(BinaryPrimitives.ReadUInt32BigEndian(data[4..]), data[13], data[headerLength..], missing);
        return PacketStatus.Ok;
    }
}
