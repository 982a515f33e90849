using System.Globalization;
using System.Net;
using System.Net.Sockets;
using DnsClient;
using DnsClient.Protocol;
using DnsTunnel.Wire;

namespace DnsTunnel.Tests.Wire;

/// <summary>The same messages, read by us and by DnsClient.</summary>
public sealed class DnsClientTests
{
    private const string Name = "a.example";

    public static TheoryData<string, int, byte[]> Answers => new()
    {
        { "A", 1, [192, 0, 2, 1] },
        { "AAAA", 28, [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1] },
        { "NS, whole", 2, [2, (byte)'n', (byte)'s', 3, (byte)'n', (byte)'e', (byte)'t', 0] },
        { "NS, compressed", 2, [2, (byte)'n', (byte)'s', 0xC0, 14] },
        { "PTR, all of it a pointer", 12, [0xC0, 12] },
        { "MX", 15, [1, 2, 1, (byte)'m', 0xC0, 14] },
        { "SRV", 33, [0, 1, 0, 2, 0, 53, 1, (byte)'s', 0xC0, 14] },
        { "SOA", 6, [1, (byte)'n', 0xC0, 14, 1, (byte)'h', 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5] },
        { "TXT", 16, [2, (byte)'h', (byte)'i', 3, (byte)'a', (byte)';', (byte)'b'] },
        { "CAA", 257, [0, 5, (byte)'i', (byte)'s', (byte)'s', (byte)'u', (byte)'e', (byte)'c', (byte)'a'] },
    };

    [Theory, MemberData(nameof(Answers))]
    public async Task Answers_are_the_same(string what, int type, byte[] data)
    {
        var message = MessageBuilder.Response(Name, (ushort)type).Answer((ushort)type, data).Answer((ushort)type, data).ToArray();
        var answers = (await AskAsync(message, type)).Answers;

        Assert.Equal(DnsReadStatus.Ok, DnsMessage.TryRead(message, new byte[255], out var ours));
        Assert.Equal(ours.AnswerCount, answers.Count);
        var reader = ours.Answers;
        foreach (var theirs in answers)
        {
            Assert.True(reader.TryRead(out var record), what);
            Assert.Equal((record.Type, record.Class, record.TimeToLive), ((ushort)theirs.RecordType, (ushort)theirs.RecordClass, (uint)theirs.InitialTimeToLive));
            Assert.Equal(Text(theirs), record.DataText);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Codes_are_the_same(int code)
    {
        var message = MessageBuilder.Response(Name, 16, code: code).ToArray();
        var theirs = await AskAsync(message, 16);
        Assert.Equal(DnsReadStatus.Ok, DnsMessage.TryRead(message, new byte[255], out var ours));
        Assert.Equal((ours.ResponseCode, ours.AnswerCount), ((int)theirs.Header.ResponseCode, theirs.Answers.Count));
    }

    /// <summary>Asks a server on the loopback address that has this one answer.</summary>
    private static async Task<IDnsQueryResponse> AskAsync(byte[] answer, int type)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var serving = ServeAsync(server, answer);
        var client = new LookupClient(new LookupClientOptions((IPEndPoint)server.Client.LocalEndPoint!)
        {
            UseCache = false,
            UseTcpFallback = false,
            Retries = 0,
            Timeout = TimeSpan.FromMinutes(1),
        });
        var response = await client.QueryAsync(Name, (QueryType)type, cancellationToken: TestContext.Current.CancellationToken);
        await serving;
        return response;
    }

    private static async Task ServeAsync(UdpClient server, byte[] answer)
    {
        var request = await server.ReceiveAsync(TestContext.Current.CancellationToken);
        await server.SendAsync((byte[])[.. request.Buffer[..2], .. answer[2..]], request.RemoteEndPoint, TestContext.Current.CancellationToken);
    }

    /// <summary>In presentation format; names of DnsClient end with a dot.</summary>
    private static string Text(DnsResourceRecord record) => record switch
    {
        AddressRecord r => r.Address.ToString(),
        NsRecord r => Plain(r.NSDName),
        PtrRecord r => Plain(r.PtrDomainName),
        MxRecord r => Invariant($"{r.Preference} {Plain(r.Exchange)}"),
        SrvRecord r => Invariant($"{r.Priority} {r.Weight} {r.Port} {Plain(r.Target)}"),
        SoaRecord r => Invariant($"{Plain(r.MName)} {Plain(r.RName)} {r.Serial} {r.Refresh} {r.Retry} {r.Expire} {r.Minimum}"),
        TxtRecord r => string.Join(' ', r.Text.Select(text => $"\"{text}\"")),
        CaaRecord r => Invariant($"{r.Flags} {r.Tag} \"{r.Value}\""),
        _ => throw new InvalidOperationException($"{record.RecordType} is not compared."),
    };

    private static string Plain(DnsString name) => name.Value.TrimEnd('.');

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
