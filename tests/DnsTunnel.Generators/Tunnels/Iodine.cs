using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>iodine, protocol 0x502: IP packets in base32, 64 or 128 with a five-character header; lazy mode keeps a ping open.</summary>
internal static class Iodine
{
    private const string Source = "iodine doc/proto_00000502.txt (github.com/yarrick/iodine)";
    private const int LabelSize = 57;

    public static Encoder Create(string codecName, Radix codec, string typeName, ushort type, int chunkSize) =>
        new("iodine", Source, chunkSize, (session, chunk) => Data(session, chunk, codec, type))
        {
            Variant = $"{codecName}-{typeName}",
            Zone = "t.",
            Open = session => Open(session, type),
            Poll = session => Ping(session, type),
            Pace = Timing.Jittered(0.04, 0.6),
            Payload = 16000,
            KeepsPort = true,
        };

    private static Question Data(Session session, byte[] chunk, Radix codec, ushort type)
    {
        var number = session.NextCounter();
        // 1 hex digit of the user, 3 base32 characters of fragment state, 1 of the cache miss counter.
        var header = "0" + Radix.Iodine32.Encode([(byte)(number << 5), (byte)(number >> 3)])[..3] + Layout.Alphanumeric[number % 36];
        return Ask(session, header + codec.Encode(chunk), type, session.Random.Next(4) == 0 ? 60 + session.Random.Next(60) : 2);
    }

    private static Question Ping(Session session, ushort type) =>
        Ask(session, "p" + Radix.Iodine32.Encode([0, (byte)session.NextCounter(), .. session.Bytes(2)]), type, session.Random.Next(3) == 0 ? 110 : 2);

    private static IEnumerable<Question> Open(Session session, ushort type)
    {
        yield return Ask(session, "v" + Radix.Iodine32.Encode([0, 0, 5, 2, .. session.Bytes(2)]), type, 9);
        yield return Ask(session, "l" + Radix.Iodine32.Encode([0, .. session.Bytes(18)]), type, 40);
        yield return Ask(session, "ia" + session.Text(3, Layout.Alphanumeric), type, 5);
        for (var i = 0; i < 3; i++) yield return Ask(session, "z" + session.Text(50, Layout.Alphanumeric), type, 60);
        yield return Ask(session, "sa" + session.Text(4, Layout.Alphanumeric), type, 7);
        yield return Ask(session, "oal" + session.Text(3, Layout.Alphanumeric), type, 4);
        foreach (var size in (int[])[768, 1152, 1344]) yield return Ask(session, "r" + session.Text(3, Layout.Alphanumeric) + session.Text(180, Layout.Alphanumeric), type, size);
        yield return Ask(session, "n" + Radix.Iodine32.Encode([0, .. session.Bytes(4)]), type, 2);
    }

    private static Question Ask(Session session, string text, ushort type, int backSize) =>
        new(Layout.Labels(text, LabelSize) + "." + session.Domain, type,
            Layout.Back(session, type == RecordType.A ? RecordType.Cname : type, session.Bytes(Math.Min(backSize, type == RecordType.Txt ? 700 : 1100)), Radix.Iodine32));
}
