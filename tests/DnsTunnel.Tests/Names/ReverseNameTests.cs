using System.Net;
using DnsTunnel.Names;

namespace DnsTunnel.Tests.Names;

public class ReverseNameTests
{
    [Theory]
    [InlineData("4.3.2.1.in-addr.arpa", true)]
    [InlineData("1.in-addr.arpa", true)]
    [InlineData("lb._dns-sd._udp.0.2.0.192.in-addr.arpa", true)]
    [InlineData("5.4.3.2.1.in-addr.arpa", false)]
    [InlineData("256.3.2.1.in-addr.arpa", false)]
    [InlineData("payload.2.1.in-addr.arpa", false)]
    [InlineData("a.b.c.1.ip6.arpa", true)]
    [InlineData("ab.c.1.ip6.arpa", false)]
    [InlineData("www.example.com", true)]
    [InlineData("x.fake-in-addr.arpa", true)]
    public void Tells_names_of_addresses(string name, bool expected)
    {
        var wire = new byte[255];
        Assert.True(DnsName.TryParse(name, wire, out var length));
        Assert.Equal(expected, ReverseName.IsSound(wire.AsSpan(0, length)));
    }

    [Theory]
    [InlineData("192.0.2.1", "1.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::1", "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void Writes_names_of_addresses(string address, string expected) => Assert.Equal(expected, ReverseName.Of(IPAddress.Parse(address)));
}
