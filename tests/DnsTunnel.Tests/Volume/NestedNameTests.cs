using DnsTunnel.Names;
using DnsTunnel.Tests.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public sealed class NestedNameTests
{
    [Theory]
    [InlineData("www.example.com.list.dnsbl.net", "dnsbl.net", false)]
    [InlineData("example.com.dnsbl.net", "dnsbl.net", true)]
    [InlineData("www.example.com.dnsbl.net", "dnsbl.net", true)]
    [InlineData("com.dnsbl.net", "dnsbl.net", false)]
    [InlineData("example.nosuchtop.dnsbl.net", "dnsbl.net", false)]
    [InlineData("0123456789abcdef0123456789abcdef.com.dnsbl.net", "dnsbl.net", false)]
    [InlineData("www.example.com.localdomain", "com.localdomain", true)]
    [InlineData("host.dnsbl.net", "dnsbl.net", false)]
    public void Another_domain_left_of_the_registered_one(string name, string domain, bool expected)
    {
        var wire = WireName.Of(name);
        Assert.Equal(expected, NestedName.IsIn(PublicSuffixList.Default, wire, wire.Length - WireName.Of(domain).Length));
    }
}
