using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>dnscat2: hex of a nine-byte message header and data; an empty message each second when there is nothing to say.</summary>
internal static class Dnscat2
{
    private const string Source = "dnscat2 doc/protocol.md (github.com/iagox86/dnscat2)";
    private const byte Syn = 0;
    private const byte Message = 1;

    private static readonly ushort[] s_types = [RecordType.Txt, RecordType.Cname, RecordType.Mx];

    /// <summary>With its own domain the data come first; without one the tag "dnscat" does, and there is no registered domain.</summary>
    public static Encoder Create(string variant, bool hasTag, params ushort[] types) =>
        new("dnscat2", Source, 90, (session, chunk) => Ask(session, Message, chunk, hasTag, types))
        {
            Variant = variant,
            Open = session => [Ask(session, Syn, "command (host)\0"u8.ToArray(), hasTag, types)],
            Poll = session => Ask(session, Message, [], hasTag, types),
            PollsPerData = 2,
            Pace = Timing.Jittered(0.35, 0.4),
            Payload = 5000,
            KeepsPort = true,
        };

    private static Question Ask(Session session, byte kind, byte[] data, bool hasTag, ushort[] types)
    {
        if (types.Length == 0) types = s_types;
        var type = types[session.Random.Next(types.Length)];
        var sequence = (ushort)(session.Id + session.Sequence);
        byte[] packet = [.. session.Bytes(2), kind, (byte)(session.Id >> 24), (byte)(session.Id >> 16), (byte)(sequence >> 8), (byte)sequence,
            (byte)session.Id, (byte)session.Counter, .. data];
        var text = Layout.Labels(Layout.Hex(packet), 60);
        var back = session.Bytes(9 + (session.Random.Next(4) == 0 ? session.Random.Next(40) : 0));
        var domain = session.Domain;
        if (hasTag) session.Domain = "dnscat";
        var reply = Layout.Back(session, type, back, Radix.Hex, 60);
        session.Domain = domain;
        return new(hasTag ? "dnscat." + text : text + "." + domain, type, reply);
    }
}
