using System.Net;
using DnsTunnel.Response;
using DnsTunnel.Response.Hosts;

namespace DnsTunnel.Tests.Response;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.77/24", "192.0.2.0/24")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("192.0.2.1/32", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:DB8::1", "2001:db8::1")]
    [InlineData("2001:db8:ffff::/33", "2001:db8:8000::/33")]
    [InlineData("::/0", "::/0")]
    [InlineData("fe80::1%eth0", "fe80::1")]
    public void Addresses_and_ranges_are_read(string text, string expected) => Assert.Equal(expected, AddressRange.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("host.example")]
    [InlineData("192.0.2.1/33")]
    [InlineData("192.0.2.1/-1")]
    [InlineData("192.0.2.1/+8")]
    [InlineData("2001:db8::/129")]
    [InlineData("192.0.2.1/24/24")]
    [InlineData("192.0.2.1; flush ruleset")]
    [InlineData("192.0.2.1\n}\nflush ruleset")]
    [InlineData("$(reboot)")]
    public void Anything_else_is_refused(string text) =>
        Assert.Equal(ResponseError.AddressNotValid, Assert.Throws<ResponseException>(() => AddressRange.Parse(text)).Error);

    [Theory]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("2001:db8::/32", "2001:db8:ffff::1", true)]
    [InlineData("::/0", "192.0.2.1", false)]
    public void A_range_has_its_addresses(string range, string address, bool expected) =>
        Assert.Equal(expected, AddressRange.Parse(range).Contains(IPAddress.Parse(address)));

    [Theory]
    [InlineData("", "0.0.0.0-255.255.255.255")]
    [InlineData("0.0.0.0/0", "")]
    [InlineData("0.0.0.0/1", "128.0.0.0-255.255.255.255")]
    [InlineData("255.255.255.255", "0.0.0.0-255.255.255.254")]
    [InlineData("10.0.0.0/8 10.1.0.0/16 9.255.255.254 2001:db8::/32", "0.0.0.0-9.255.255.253 9.255.255.255 11.0.0.0-255.255.255.255")]
    public void The_rest_of_all_addresses_is_told(string ranges, string expected)
    {
        var parsed = ranges.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(AddressRange.Parse);
        Assert.Equal(expected, string.Join(' ', AddressRange.AllBut(parsed, isIPv4: true)));
    }

    [Fact]
    public void The_rest_of_IPv6_is_told() => Assert.Equal(["::2-2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
        AddressRange.AllBut([AddressRange.Parse("2001:db8::/32"), AddressRange.Parse("::/127")], isIPv4: false));
}
