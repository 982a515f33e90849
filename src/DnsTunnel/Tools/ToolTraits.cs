namespace DnsTunnel.Tools;

/// <summary>
/// The traits of all tools that are known. Each is documented in the tool's own source or in a published analysis; the classes that hold
/// the predicates say where. Tools whose names differ from those of others in nothing but their payload are left out.
/// </summary>
internal static class ToolTraits
{
    private const string Dnscat2Packet = "a packet in hexadecimal labels of 60: a random number, one of five types, and a session";

    /// <summary>A name keeps the number of its trait, which is one more than the index here.</summary>
    private static readonly ToolTrait[] s_all =
    [
        new("iodine", "the codec test of its handshake", IsStrong: true, IodineNames.IsCodecTest),
        new("iodine", "protocol version 0x502 in its handshake", IsStrong: true, IodineNames.IsVersion),
        new("iodine", "a test of the answer size, in labels of 62 and 57 bytes", IsStrong: false, IodineNames.IsSizeProbe),
        new("iodine", "the header of a data packet (user, sequence and fragment) before compressed or coded data", IsStrong: false, IodineNames.IsData),
        new("iodine", "a ping of eight characters (user, acknowledgement and counter in base 32)", IsStrong: false, IodineNames.IsPing),
        new("dnscat2", "the tag dnscat before a packet in hexadecimal", IsStrong: true, Dnscat2Names.IsTagged),
        new("dnscat2", Dnscat2Packet, IsStrong: false, Dnscat2Names.IsLowPacket) { IsHalf = true },
        new("dnscat2", Dnscat2Packet, IsStrong: false, Dnscat2Names.IsHighPacket) { IsHalf = true },
        new("dns2tcp", "the label =auth, =connect or =resource", IsStrong: true, Dns2tcpNames.IsControl),
        new("dns2tcp", "a seven-byte header in base 64 with the packet type in its last byte", IsStrong: false, Dns2tcpNames.IsPacket),
        new("OzymanDNS", "a nonce, a session label id-N, and up or down", IsStrong: true, OzymanDnsNames.IsMessage),
        new("DNScapy", "a one-letter message type before the numbers of connection and message", IsStrong: false, DnscapyNames.IsMessage),
        new("DNSExfiltrator", "the label init, the file name in base 32, and base32 or base64", IsStrong: true, DnsExfiltratorNames.IsInit),
        new("Cobalt Strike", "the stager's labels stage.123456", IsStrong: true, CobaltStrikeNames.IsStager),
        new("Cobalt Strike", "the stager's count in three letters, stage, and a number", IsStrong: false, CobaltStrikeNames.IsNumberedStage),
        new("Cobalt Strike", "the default prefix post, www, api, cdn or www6 before a counter, a conversation and a beacon in hexadecimal", IsStrong: false, CobaltStrikeNames.IsMessage),
        new("dnstt", "a client identifier, padding and a packet of the length it states, in base 32", IsStrong: false, DnsttNames.IsPacket),
        new("Sliver", "a message type and identifier as protocol buffer fields in Sliver's own base 32", IsStrong: false, SliverNames.IsMessage),
        new("tuns", "the letter d and an IPv4 header in base 32, asked for with CNAME", IsStrong: true, TunsNames.IsData),
        new("goDoH", "nine labels: stream, be, ef or ca, number, checksum, protocol, count, and data", IsStrong: true, GodohNames.IsRequest),
        new("SUNBURST", "the labels appsync-api and a region, under a domain that is not Amazon's", IsStrong: true, SunburstNames.IsRequest)
        {
            NotUnder = ["amazonaws.com", "amazonaws.com.cn"],
        },
    ];

    /// <summary>Traits, by their numbers less one.</summary>
    public static IReadOnlyList<ToolTrait> All => s_all;

    /// <summary>The number of the first trait that a name has; 0 when it has none.</summary>
    /// <param name="labels">In wire form and wire case, without the registered domain.</param>
    /// <param name="type">It was asked for with.</param>
    public static byte Of(ReadOnlySpan<byte> labels, ushort type)
    {
        if (labels.IsEmpty) return 0;
        var name = new AskedName(labels, type);
        for (var i = 0; i < s_all.Length; i++)
        {
            if (s_all[i].Matches(name)) return (byte)(i + 1);
        }

        return 0;
    }
}
