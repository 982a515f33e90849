using System.Buffers.Binary;

namespace DnsTunnel.Packets;

/// <summary>Tells the start of a DNS message from other bytes, to find the place in a stream again.</summary>
internal static class DnsHeader
{
    public const int Length = 12;

    private const int MinQuestion = 5;
    private const int MinRecord = 11;

    /// <summary>Could a message of this length start so (RFC 1035, section 4.1.1)? Fewer than one random header in 80,000 passes.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> header, int messageLength)
    {
        if (messageLength < Length) return false;
        var questions = BinaryPrimitives.ReadUInt16BigEndian(header[4..]);
        var records = BinaryPrimitives.ReadUInt16BigEndian(header[6..]) + BinaryPrimitives.ReadUInt16BigEndian(header[8..])
            + BinaryPrimitives.ReadUInt16BigEndian(header[10..]);
        var opcode = header[2] >> 3 & 0x0F;

        // Query, inverse query, status, notify, update, stateful operations; one question or none (RFC 9619).
        return opcode is 0 or 1 or 2 or 4 or 5 or 6 && questions <= 1
            && Length + questions * MinQuestion + records * MinRecord <= messageLength;
    }
}
