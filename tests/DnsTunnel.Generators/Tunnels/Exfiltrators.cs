using System.Text;
using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>Command channels of red-team frameworks, and scripts that only carry files out.</summary>
internal static class Exfiltrators
{
    private static readonly Reply s_ok = Reply.Of(Record.A(0x7F000001, 60));

    public static Encoder DnsExfiltrator(string variant, Radix codec, int chunkSize, int labelSize, double throttle) =>
        new("dnsexfiltrator", "DNSExfiltrator README (github.com/Arno0x/DNSExfiltrator): 'init.' then '<n>.<labels>', base64url or base32, RC4, throttle, label size", chunkSize,
            (session, chunk) => new($"{session.Sequence}.{Layout.Labels(codec.Encode(chunk), labelSize)}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt($"{session.Sequence}", 10))))
        {
            Variant = variant,
            Open = session => [new($"init.{Layout.Labels(Radix.Base32.Encode(Encoding.ASCII.GetBytes("accounts.xlsx|88")), labelSize)}.base32.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt("OK", 10)))],
            Pace = Timing.Jittered(throttle, 0.2),
        };

    public static Encoder GoDoh { get; } =
        new("godoh", "goDoH (github.com/sensepost/godoh): '<id>.<type>.<seq>.<crc32>.<proto>.<labels>.<hex>.<hex>.<hex>', A or TXT", 90,
            (session, chunk) =>
            {
                var parts = Layout.Hex(chunk).Chunk(60).Select(part => new string(part)).ToList();
                while (parts.Count < 3) parts.Add("0");
                return new($"{session.Id & 0xFFFF:x4}.ef.{session.Sequence}.{session.Random.Next():x}.1.{(chunk.Length + 29) / 30}.{string.Join('.', parts)}.{session.Domain}", RecordType.A, Reply.Of(Record.A(0x01010101, 1)));
            })
        {
            Open = session => [new($"{session.Id & 0xFFFF:x4}.be.0.00.1.0.0.0.0.{session.Domain}", RecordType.A, Reply.Of(Record.A(0x01010101, 1)))],
            Poll = session => new($"{Layout.Hex(session.MachineId.AsSpan(0, 5))}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt("v=B2B3FE1C", 1))),
            Pace = Timing.Jittered(0.3, 0.3),
        };

    public static Encoder Chashell { get; } =
        new("chashell", "chashell (github.com/sysdream/chashell): hex of an encrypted protobuf in labels of 63, TXT", 84,
            (session, chunk) => new($"{Layout.Labels(Layout.Hex([.. session.Bytes(24), .. chunk]))}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt("0", 1))))
        {
            Poll = session => new($"{Layout.Labels(Layout.Hex(session.Bytes(70)))}.{session.Domain}", RecordType.Txt, Reply.Of(Record.Txt(session.Random.Next(5) == 0 ? Layout.Hex(session.Bytes(60)) : "0", 1))),
            Pace = Timing.Jittered(0.5, 0.4),
        };

    public static Encoder Det { get; } =
        new("det", "DET dns plugin (github.com/sensepost/DET): seven characters of the job, then hex of AES output in labels of 63, A; nobody answers", 105,
            (session, chunk) => new($"{Layout.Labels(Radix.Hex.Encode(session.MachineId)[..7] + Layout.Hex(chunk))}.{session.Domain}", RecordType.A, Reply.Silence)) { Pace = Timing.Exponential(2.5) };

    /// <summary>Hex of the file in fixed pieces, with its number and the file's id.</summary>
    public static Encoder HexChunks { get; } =
        new("hexchunks", "Invoke-DNSExfiltrator style scripts: '<file id>-<n>.<hex>', A", 24,
            (session, chunk) => new($"{session.Id & 0xFFFF:x4}-{session.Sequence}.{Layout.Hex(chunk)}.{session.Domain}", RecordType.A, s_ok))
        {
            Group = "script",
            SendsPlainText = true,
            Pace = Timing.Jittered(0.5, 0.2),
            Payload = 4000,
        };

    public static Encoder DigLoop { get; } =
        new("digloop", "shell one-liners ('base64 | while read l; do dig $l.domain'): base64url lines, no counter", 45,
            (session, chunk) => new($"{Radix.Base64Url.Encode(chunk)}.{session.Domain}", RecordType.A, Reply.NxDomain(session.Domain)))
        {
            Group = "script",
            SendsPlainText = true,
            Pace = Timing.Jittered(0.09, 0.3),
        };

    public static Encoder NslookupTxt { get; } =
        new("nslookup", "PowerShell scripts around nslookup: '<base32>.<n>' as A and AAAA", 30,
            (session, chunk) => new($"{Radix.Base32.Encode(chunk)}.{session.Sequence}.{session.Domain}", session.NextCounter() % 2 == 0 ? RecordType.A : RecordType.Aaaa, Reply.NxDomain(session.Domain)))
        {
            Group = "script",
            SendsPlainText = true,
            Pace = Timing.Jittered(1.2, 0.3),
        };

    /// <summary>Each byte is a known host name of one site: a substitution table of 256 names.</summary>
    public static Encoder PacketWhisper { get; } =
        new("packetwhisper", "PacketWhisper README (github.com/TryCatchHCF/PacketWhisper): subdomain ciphers, one byte a question, known list", 1,
            (session, chunk) => new($"d{Fixed(chunk[0])}.{session.Domain}", RecordType.A, Reply.Of(Record.A(0x36000000u + chunk[0], 60))))
        {
            Pace = Timing.Jittered(0.6, 0.4),
            Payload = 700,
            SendsPlainText = true,
        };

    public static Encoder WordCoded { get; } =
        new("wordcoded", "NDSS/Ziza style low-suspicion names: four words of a 256-word list", 4,
            (session, chunk) => new($"{Words.Encode(chunk, "-")}.{session.Domain}", RecordType.A, s_ok)) { Pace = Timing.Jittered(0.8, 0.4), Payload = 1500 };

    private static string Fixed(byte value)
    {
        var random = new Random(value + 77);
        return new([.. Enumerable.Range(0, 13).Select(_ => Layout.Alphanumeric[random.Next(36)])]);
    }
}
