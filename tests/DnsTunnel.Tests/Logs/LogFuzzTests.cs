using System.Diagnostics;
using System.Text;
using DnsTunnel.Logs;

namespace DnsTunnel.Tests.Logs;

/// <summary>Whatever the bytes, a reader gives queries, ends, or throws SourceFormatException, and soon.</summary>
public class LogFuzzTests
{
    private static readonly Dictionary<string, string> s_seeds = new()
    {
        ["ZeekTsv"] = "#separator \\x09\n#set_separator\t,\n#unset_field\t-\n#path\tdns\n#fields\tts\tid.orig_h\tproto\tquery\tqtype_name\trcode_name\tanswers\n1521911720.865716\t10.47.1.100\tudp\ta\\xff.wrccdc.org\tA\tNOERROR\tb.wrccdc.org,134.71.3.16\n",
        ["ZeekJson"] = "{\"ts\":1575413122.764317,\"id.orig_h\":\"10.18.20.97\",\"id.orig_p\":59102,\"query\":\"d\\\\xff.msftncsi.com\",\"qtype_name\":\"A\",\"answers\":[\"131.107.255.255\"]}\n",
        ["SysmonJson"] = "{\"EventID\":22,\"QueryName\":\"arc.msn.com\",\"UtcTime\":\"2020-06-10 02:51:08.943\",\"QueryStatus\":\"0\",\"QueryResults\":\"type:  5 x;::ffff:52.179.129.229;\",\"Image\":\"C:\\\\x.exe\"}\n",
        ["EventXml"] = "<Event ><System><EventID>22</EventID><TimeCreated SystemTime='2026-06-05T10:00:33.1Z'/></System><EventData><Data Name='QueryName'>a&amp;b</Data></EventData></Event>",
        ["Ecs"] = "{\"@timestamp\":\"2026-06-05T10:00:33.000Z\",\"source\":{\"ip\":\"192.0.2.1\"},\"dns\":{\"question\":{\"name\":\"a.example\"},\"answers\":[{\"data\":\"x\"}]}}\n",
        ["Suricata"] = "{\"timestamp\":\"2026-06-05T04:00:32.000000-0600\",\"flow_id\":1,\"event_type\":\"dns\",\"src_ip\":\"192.0.2.1\",\"dns\":{\"type\":\"query\",\"id\":7,\"rrname\":\"a.example\"}}\n{\"flow_id\":1,\"event_type\":\"dns\",\"dns\":{\"type\":\"answer\",\"id\":7,\"rrname\":\"a.example\",\"rcode\":\"NOERROR\"}}\n",
        ["Route53"] = "{\"query_timestamp\":\"2026-06-05T10:00:32Z\",\"query_name\":\"a\\\\052b.example.com.\",\"srcaddr\":\"192.0.2.1\"}\n",
        ["Wrapped"] = "{\"@timestamp\":\"2019-04-01T14:03:44.564Z\",\"message\":\"Apr  1 13:52:14 dnsmasq[1]: query[TXT] a.example from 192.0.2.1\"}\n",
        ["Dnsmasq"] = "Nov 24 10:28:47 dnsmasq[9]: 1 192.0.2.1/51301 query[A] a.example from 192.0.2.1\nNov 24 10:28:47 dnsmasq[9]: query[A] a.example from 192.0.2.1\nNov 24 10:28:48 dnsmasq[9]: reply a.example is <CNAME>\nNov 24 10:28:48 dnsmasq[9]: reply 192.0.2.1 is b\n",
        ["Unbound"] = "[1795516127] unbound[9:0] query: 192.0.2.1 a.example. MX IN\nNov 24 10:28:48 unbound[9:0] info: 192.0.2.1 a.example. MX IN NOERROR 0.9 0 60\n",
        ["PowerDns"] = "Nov 24 10:28:47 Remote 192.0.2.1<-1.2.3.0/24 wants 'a\\032.example|TXT', do = 0, bufsize = 1232\nNov 24 10:28:47 ns pdns_recursor[5]: 2 [37/1] question for 'a|A' from 192.0.2.1:5\nNov 24 10:28:47 ns pdns_recursor[5]: 2 [37/1] answer to question 'a|A': 3 answers, rcode=3\nmsg=\"Question\" ts=\"1795525402.559\" mtid=\"1\" proto=\"tcp\" qname=\"a\\\\255b\\\".example\" qtype=\"TXT\" remote=\"192.0.2.1:5\"\nmsg=\"Answer\" answers=\"1\" mtid=\"1\" qname=\"a\\\\255b\\\".example\" qtype=\"TXT\" rcode=\"3\"\n",
        ["Bind"] = "24-Nov-2026 10:28:47.525 client @0x7 192.0.2.1#53225 (a): query: a\\032.example IN AAAA +E(0)T (192.0.2.53)\n2026-11-24T11:28:47+01:00 client 192.0.2.1#3 (a): query 'a/ANY/IN' denied\nNov 24 10:28:47 n named[2]: r: 24-Nov-2026 10:28:47.0 client 192.0.2.1#5: UDP: query: a IN A response: NOERROR + a. 2 IN A 1.2.3.4;\n",
        ["CoreDns"] = "2026-11-24T10:28:47.000Z [INFO] [2001:db8::1]:48863 - 42318 \"TXT IN a\\032b.example. tcp 49 false 512\" NXDOMAIN qr 126 0.0021s\n",
        ["WindowsDns"] = "6/5/2026 10:00:32 AM 0E70 PACKET  0000A0 UDP Rcv 192.0.2.1  5b47   Q [0001   D   NOERROR] TXT    (3)www(7)example(0)\n6/5/2026 10:00:32 PM 0E70 PACKET  0000A0 UDP Snd 192.0.2.1  5b47 R Q [8381   DR NXDOMAIN] TXT    (3)www(7)example(0)\n",
        ["Umbrella"] = "\"2026-06-05 10:00:32\",\"ada\",\"a\"\"b\",\"192.0.2.1\",\"198.51.100.1\",\"Allowed\",\"16 (TXT)\",\"NOERROR\",\"a.example.\"\n",
        ["Csv"] = "time,client,\"query name\",query_type\n2026-06-05T10:00:32Z,192.0.2.1,\"a.exa\"\"mple\",TXT\n",
    };

    public static TheoryData<string> Formats() => [.. DnsLogFormat.All.Where(f => !f.IsBinary).Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Mutated_logs_do_no_harm(string name)
    {
        const int Rounds = 500;
        var format = DnsLogFormat.Find(name);
        var seed = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(s_seeds[name], 2)));
        Assert.Equal(name, LogContent.Read(seed).Statistics!.Format);
        var random = new Random(20261124);
        var watch = Stopwatch.StartNew();
        var (queries, passed) = (0L, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var content = LogContent.Read(Mutate(seed, random), new DnsLogOptions { Format = round % 4 == 0 ? null : format });
            queries += content.Queries.Count;
            passed += content.Error is null ? content.Statistics!.BadLines + content.Statistics.SkippedLines : 1;
            Assert.DoesNotContain(content.Queries, IsUnclean);
        }
        // A run that found nothing to read, or nothing wrong, would prove nothing.
        Assert.True(queries > Rounds / 4, $"{queries} queries in {Rounds} logs");
        Assert.True(passed > Rounds / 10, $"{passed} lines passed over in {Rounds} logs");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static bool IsUnclean(DnsQuery query)
    {
        string?[] texts = [query.QueryName, query.QueryType, query.QueryClass, query.ResponseCode, query.ClientAddress, query.HostName, query.UserName, query.ProcessName, .. query.Answers];
        return query.QueryName.Any(c => c is < '!' or > '~') || texts.Any(t => t is not null && t.Any(char.IsControl));
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var edits = random.Next(1, 6); edits > 0 && bytes.Count > 8; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes[at] = "\0\t\n\r\x1b\"\\',.|([]){}<>9"u8[random.Next(20)];
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 65), bytes.Count - at)));
                    break;
                default:
                    if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
