using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>Encoders made to slip past a detector that counts, measures length or measures entropy.</summary>
internal static class Adversarial
{
    private const string Host = "download-assets.static-content";
    private const int CaseBits = 24;

    private static readonly ushort[] s_fourTypes = [RecordType.A, RecordType.Aaaa, RecordType.Txt, RecordType.Mx];
    private static readonly Radix s_twoBits = new("aeio");
    private static readonly Reply s_ok = Reply.Of(Record.A(0xC6336410, 0));

    public static Encoder Hex(string variant, int chunkSize) =>
        new("hexnames", "hex alone in the first label, A", chunkSize, (session, chunk) => new($"{Layout.Hex(chunk)}.{session.Domain}", RecordType.A, s_ok))
        {
            Variant = variant,
            Group = "hexnames",
            Pace = Timing.Jittered(1, 0.4),
            Payload = 1500,
        };

    /// <summary>Eight characters, as hosts of content networks have.</summary>
    public static Encoder TinyLabels { get; } =
        new("tinylabels", "names under nine bytes: five bytes as base32", 5,
            (session, chunk) => new($"{Radix.Base32.Encode(chunk)}.{session.Domain}", RecordType.A, s_ok)) { Pace = Timing.Exponential(2), Payload = 1500 };

    public static Encoder LowEntropy { get; } =
        new("lowentropy", "Ziza et al., DNS exfiltration detection in the presence of adversarial attacks (2023): four letters only, in syllables", 9,
            (session, chunk) => new($"{Layout.Labels(string.Concat(s_twoBits.Encode(chunk).Select((c, i) => i % 2 == 0 ? $"{"bdlm"[i / 2 % 4]}{c}" : $"n{c}")), 40)}.{session.Domain}", RecordType.A, s_ok))
        {
            Pace = Timing.Jittered(1, 0.4),
            Payload = 1500,
        };

    /// <summary>The same few names; two bits a question in its type.</summary>
    public static Encoder TypeCoded { get; } =
        new("typecoded", "bits in the record type (Paxson et al. 2013 count these): byte as four questions of A, AAAA, TXT, MX", 1,
            (session, chunk) => new($"www.{session.Domain}", s_fourTypes[chunk[0] & 3], s_ok))
        {
            Worth = 0.25,
            Pace = Timing.Jittered(1, 0.2),
            Payload = 300,
        };

    /// <summary>The same name; a bit a question in the time since the last.</summary>
    public static Encoder TimingCoded { get; } =
        new("timingcoded", "bits in the gaps (Paxson et al. 2013 count these): 1 s or 2 s", 1,
            (session, _) => new($"status.{session.Domain}", RecordType.A, s_ok))
        {
            Worth = 0.125,
            Pace = new(1.5, (random, _) => random.Next(2) == 0 ? 2 / 3.0 : 4 / 3.0),
            Payload = 150,
        };

    /// <summary>Three bytes in the case of one name's letters, as in 0x20 (draft-vixie-dnsext-dns0x20).</summary>
    public static Encoder CaseCoded { get; } =
        new("casecoded", "bits in the case of letters (draft-vixie-dnsext-dns0x20 shows the room)", CaseBits / 8,
            (session, chunk) => new($"{InCase(Host, chunk)}.{session.Domain}", RecordType.A, s_ok)) { Pace = Timing.Jittered(1.5, 0.3), Payload = 900 };

    /// <summary>Thirty-two hex digits where an antivirus asks for hashes.</summary>
    public static Encoder UnderAntivirus { get; } =
        new("hidden-antivirus", "look-ups in the shape of sophosxl.net, far more than one client makes", 16,
            (session, chunk) => new($"{Layout.Hex(chunk)}.i.0{session.Random.Next(10)}.s.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt("u", 300))))
        {
            Group = "hidden",
            Pace = Timing.Exponential(0.35),
            Payload = 40000,
        };

    /// <summary>Four bytes as the address that a mail server would ask a blocklist.</summary>
    public static Encoder UnderBlocklist { get; } =
        new("hidden-blocklist", "look-ups in the shape of zen.spamhaus.org (RFC 5782), far more than one client makes", 4,
            (session, chunk) => new($"{chunk[3]}.{chunk[2]}.{chunk[1]}.{chunk[0]}.{session.Domain}", RecordType.A, Reply.NxDomain(session.Domain)))
        {
            Group = "hidden",
            Zone = "zen.",
            Pace = Timing.Exponential(0.25),
            Payload = 24000,
        };

    /// <summary>Bytes as a DKIM selector.</summary>
    public static Encoder UnderDkim { get; } =
        new("hidden-dkim", "selectors in the shape of RFC 6376 section 3.6.2.1 that no domain has so many of", 16,
            (session, chunk) => new($"{Radix.Base32.Encode(chunk)}._domainkey.{session.Domain}", RecordType.Txt, Reply.NxDomain(session.Domain)))
        {
            Group = "hidden",
            Pace = Timing.Exponential(1),
            Payload = 6000,
        };

    private static string InCase(string name, byte[] bits)
    {
        var text = name.ToCharArray();
        for (int i = 0, bit = 0; i < text.Length && bit < CaseBits; i++)
        {
            if (!char.IsAsciiLetter(text[i])) continue;
            if ((bits[bit / 8] >> (bit % 8) & 1) == 1) text[i] = char.ToUpperInvariant(text[i]);
            bit++;
        }
        return new(text);
    }
}
