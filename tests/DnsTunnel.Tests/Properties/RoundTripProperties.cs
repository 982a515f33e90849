using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using DnsTunnel.Names;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Tests.Export;
using DnsTunnel.Tests.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.Tests.Properties;

/// <summary>What is undone, and what is written and read back, is as it was.</summary>
public sealed class RoundTripProperties
{
    private static readonly DateOnly s_today = new(2026, 11, 24);

    private static readonly Gen<byte[]> s_wire = Gen.Byte.Array[2, 30].Array[1, 4]
        .Select(labels => WireName.FromLabels([.. labels.Append([.. "example"u8])]));

    private static readonly Gen<string> s_answer = Gen.OneOf(Gen.Char[' ', '~'].Array[1, 40].Select(c => new string(c)), Gen.OneOfConst("192.0.2.1", "2001:db8::1", "-", "(empty)", "a,b"));

    private static readonly Gen<DnsQuery> s_query = Gen.Select(s_wire, Gen.Long[0, 2_000_000_000_000_000], Gen.UShort, Gen.UShort, Gen.UShort[0, 4095], s_answer.Array[0, 4], Gen.UShort)
        .Select((wire, microseconds, type, id, code, answers, port) => Query(wire, DateTime.UnixEpoch.AddMicroseconds(microseconds), type, id, code, answers, port));

    /// <summary>A line of a zone that others wrote: records, comments, quotes, whole sections of it left and right of ours.</summary>
    private static readonly Gen<string> s_line = Gen.OneOfConst(
        "", "; comment", "  NS ns.other.", "a.example CNAME .", "*.b.example CNAME . ; theirs", "$ORIGIN sub.rpz.test.", "$TTL 60", "t TXT \"a;b\" \\065", "m MX ( 10\n mail. )", "\tA 192.0.2.1");

    [Theory]
    [InlineData(DnsQueryFormat.EcsNdjson)]
    [InlineData(DnsQueryFormat.ZeekTsv)]
    public void Queries_that_are_exported_come_back(DnsQueryFormat format) =>
        s_query.Array[1, 20].Sample(queries => RoundTrip.Check(queries, format), iter: 200);

    [Fact]
    public void Blocks_that_are_undone_in_any_order_leave_the_zone_as_it_was() =>
        Gen.Select(s_line.Array[0, 12], Gen.OneOfConst("\n", "\r\n"), Gen.Bool, s_wire.Array[1, 5], Gen.Int).Sample((lines, end, isEnded, names, seed) =>
        {
            var text = string.Join(end, ["$ORIGIN rpz.test.", "@ SOA ns. host. 2026010101 1 1 1 1", .. lines.Select(l => l.Replace("\n", end))]) + (isEnded ? end : "");
            var before = Encoding.Latin1.GetBytes(text);
            var content = before;
            var blocks = new List<ZoneLines>();
            foreach (var (wire, i) in names.Select((n, i) => (n, i)))
            {
                var id = $"{i:x8}";
                var added = Zone(content).LinesFor(Hostile.Domain(DnsName.ToText(wire)), id);
                content = Zone(content).With(added, s_today);
                blocks.Add(new ZoneLines(id, added));
            }

            var order = blocks.ToArray();
            new Random(seed).Shuffle(order);
            foreach (var block in order) content = Zone(content).Without(block, s_today, out _)!;
            // Secondaries follow the serial, so it goes on; and a last line without an end may have got one.
            Assert.Contains(WithoutSerial(Encoding.Latin1.GetString(content)), new[] { WithoutSerial(text), WithoutSerial(text + (isEnded ? "" : end)) });
        }, iter: 300);

    private static ZoneFile Zone(byte[] content) => new(content, "zone", s_today);

    private static string WithoutSerial(string zone) => Regex.Replace(zone, @"(?<=host\. )\d+", "N");

    private static DnsQuery Query(byte[] wire, DateTime time, ushort type, ushort id, ushort code, string[] answers, ushort port)
    {
        var (domain, subdomain) = PublicSuffixList.Default.Split(wire);
        return new DnsQuery
        {
            Timestamp = time,
            ClientAddress = $"192.0.2.{id % 256}",
            ClientPort = port,
            ServerAddress = "2001:db8::53",
            ServerPort = 53,
            Transport = port % 2 == 0 ? DnsTransport.Udp : DnsTransport.Tcp,
            Id = id,
            QueryName = DnsName.ToText(wire),
            QueryType = DnsTypes.NameOf(type),
            ResponseCode = DnsCodes.ResponseName(code),
            Answers = answers,
            AnswerCount = answers.Length,
            RegisteredDomain = domain,
            Subdomain = subdomain,
        };
    }
}
