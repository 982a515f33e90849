using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>Sliver: a protobuf of type, id, start, stop, size and data; A carries data up and answers with a checksum, TXT polls.</summary>
internal static class Sliver
{
    private const string Source = "Sliver wiki, DNS C2, and its DNS client's comments (github.com/BishopFox/sliver)";
    private const uint DataFromImplant = 4;
    private const uint PollKind = 5;
    private const int MessageSize = 4000;

    public static Encoder Create(bool isBase58) =>
        new("sliver", Source, isBase58 ? 130 : 110, (session, chunk) => Upload(session, chunk, isBase58))
        {
            Variant = isBase58 ? "base58" : "base32",
            Zone = "s.",
            // The implant tries the resolvers with random data to see whether case survives.
            Open = session => [.. Enumerable.Range(0, 9).Select(_ => Upload(session, session.Bytes(8), isBase58))],
            Poll = session => Poll(session, isBase58),
            Pace = Timing.Jittered(0.4, 0.5),
        };

    private static Question Upload(Session session, byte[] chunk, bool isBase58)
    {
        var start = (uint)(session.Sequence * chunk.Length % MessageSize);
        byte[] message = [.. Field(1, DataFromImplant), .. Id(session), .. Field(3, start), .. Field(4, start + (uint)chunk.Length), .. Field(5, MessageSize), 0x32, .. Varint((uint)chunk.Length), .. chunk];
        return new(Text(message, isBase58) + "." + session.Domain, RecordType.A, Reply.Of(Record.A(session.Bytes(4), 0)));
    }

    private static Question Poll(Session session, bool isBase58)
    {
        byte[] message = [.. Field(1, PollKind), .. Id(session), 0x32, 8, .. session.Bytes(8)];
        var back = Radix.Base64.Encode(session.Bytes(session.Random.Next(3) == 0 ? 182 : 8));
        return new(Text(message, isBase58) + "." + session.Domain, RecordType.Txt, Reply.Of(Record.Txt(back, 0)));
    }

    private static string Text(byte[] message, bool isBase58) => Layout.Labels(isBase58 ? Base58.Encode(message) : Radix.Base32.Encode(message));

    /// <summary>Eight bits of the message over 24 of the session.</summary>
    private static byte[] Id(Session session) => Field(2, (uint)(session.NextCounter() & 0xFF) << 24 | session.Id & 0xFFFFFF);

    private static byte[] Field(int number, uint value) => [(byte)(number << 3), .. Varint(value)];

    private static byte[] Varint(uint value)
    {
        var bytes = new List<byte>(5);
        for (; value > 0x7F; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
