using DnsTunnel.Wire;

namespace DnsTunnel.Tests.Wire;

public class RDataTextTests
{
    public static TheoryData<string, int, byte[], string> Records => new()
    {
        { "A", 1, [192, 0, 2, 1], "192.0.2.1" },
        { "AAAA", 28, [0x20, 1, 0xD, 0xB8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], "2001:db8::1" },
        { "CNAME", 5, [1, (byte)'b', 0xC0, 14], "b.example" },
        { "NS", 2, [2, (byte)'n', (byte)'s', 0], "ns" },
        { "PTR", 12, [1, (byte)'p', 0xC0, 14], "p.example" },
        { "MX", 15, [0, 10, 1, (byte)'m', 0xC0, 14], "10 m.example" },
        { "SRV", 33, [0, 1, 0, 2, 0, 53, 1, (byte)'s', 0xC0, 14], "1 2 53 s.example" },
        { "SOA", 6, [1, (byte)'n', 0, 1, (byte)'h', 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 5], "n h 1 2 3 4 5" },
        { "TXT", 16, [2, (byte)'h', (byte)'i', 3, (byte)'"', 0, 0xFF], "\"hi\" \"\\\"\\000\\255\"" },
        { "TXT without a string", 16, [], "" },
        { "CAA", 257, [0, 5, (byte)'i', (byte)'s', (byte)'s', (byte)'u', (byte)'e', (byte)'c', (byte)'a'], "0 issue \"ca\"" },
        { "HTTPS", 65, [0, 1, 0, 0, 1, 0, 6, 2, (byte)'h', (byte)'2', 2, (byte)'h', (byte)'3', 0, 3, 0, 2, 1, 0xBB, 0, 4, 0, 4, 192, 0, 2, 1], "1 . alpn=h2,h3 port=443 ipv4hint=192.0.2.1" },
        { "NULL", 10, [1, 0xAB], @"\# 2 01AB" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void Writes_presentation_format(string what, int type, byte[] data, string expected)
    {
        var bytes = MessageBuilder.Response("a.example", (ushort)type).Answer((ushort)type, data).ToArray();
        Assert.Equal(DnsReadStatus.Ok, DnsMessage.TryRead(bytes, new byte[255], out var message));
        var reader = message.Answers;
        Assert.True(reader.TryRead(out var record), what);
        Assert.Equal(expected, record.DataText);
    }

    [Theory]
    [InlineData("A", 1)]
    [InlineData("NULL", 10)]
    [InlineData("AAAA", 28)]
    [InlineData("SRV", 33)]
    [InlineData("OPT", 41)]
    [InlineData("NSEC3", 50)]
    [InlineData("SMIMEA", 53)]
    [InlineData("HIP", 55)]
    [InlineData("SVCB", 64)]
    [InlineData("HTTPS", 65)]
    [InlineData("SPF", 99)]
    [InlineData("EUI64", 109)]
    [InlineData("TKEY", 249)]
    [InlineData("ANY", 255)]
    [InlineData("CAA", 257)]
    [InlineData("TYPE65399", 65399)]
    [InlineData("TYPE54", 54)]
    public void Types_have_their_IANA_names(string name, int number)
    {
        Assert.Equal(name, DnsTypes.NameOf((ushort)number));
        Assert.True(DnsTypes.TryParse(name, out var parsed));
        Assert.Equal(number, parsed);
    }
}
