using System.Net;
using DnsTunnel.Exceptions;
using DnsTunnel.Names;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests.Exceptions;

public sealed class ExceptionListTests
{
    [Fact]
    public void An_exception_ends_when_it_expires()
    {
        var list = Excepted.ListOf(Excepted.Make("old.example", expires: Excepted.Noon));

        Assert.Equal("test", list.IdFor("a.old.example", Excepted.Noon.AddTicks(-1)));
        Assert.Null(list.IdFor("a.old.example", Excepted.Noon));
        Assert.Contains(list.All, e => e.Domain == "old.example" && e.IsExpired);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.0/24", "192.0.2.8", true)]
    [InlineData("192.0.2.0/24", "::ffff:192.0.2.8", true)]
    [InlineData("192.0.2.0/24", "192.0.3.8", false)]
    [InlineData("2001:db8::/32", "2001:db8::1", true)]
    [InlineData("2001:db8::/32", "192.0.2.8", false)]
    [InlineData("192.0.2.0/24", null, false)]
    [InlineData(null, null, true)]
    public void An_exception_can_be_for_some_clients(string? excepted, string? asking, bool expected) =>
        Assert.Equal(expected, Excepted.ListOf(Excepted.Make("a.example", client: excepted)).IdFor("b.a.example", client: asking) is not null);

    [Fact]
    public void The_users_come_first_then_the_closest()
    {
        var list = Excepted.ListOf(
            Excepted.Make("mcafee.com", id: "all"),
            Excepted.Make("deep.example.com", id: "deep"),
            Excepted.Make("example.com", id: "shallow"),
            Excepted.Make("example.com", "[0-9]+", id: "shaped"));

        Assert.Equal("all", list.IdFor("4z9p5tjmcbnblehp4557z1d136.avqs.mcafee.com"));
        Assert.Equal("deep", list.IdFor("1.deep.example.com"));
        Assert.Equal("shaped", list.IdFor("1.example.com"));
        Assert.Equal("shallow", list.IdFor("a.example.com"));
        Assert.Equal(["all", "mcafee-gti-avqs"], list.Covering(WireName.Of("4Z9p5tjmcbnblehp4557z1d136.avqs.mcafee.com"), Excepted.Noon).Select(e => e.Id));
    }

    [Fact]
    public void A_domain_below_a_private_suffix_is_judged_by_tenant()
    {
        var list = Excepted.ListOf(Excepted.Make("mine.github.io"));

        Assert.Equal("test", list.IdFor("a.mine.github.io"));
        Assert.Null(list.IdFor("a.other.github.io"));
    }

    [Theory]
    [InlineData("com", "DomainIsPublicSuffix")]
    [InlineData("co.uk", "DomainIsPublicSuffix")]
    [InlineData("github.io", "DomainIsPublicSuffix")]
    [InlineData("cloudfront.net", "DomainIsPublicSuffix")]
    [InlineData("us-east-1.elb.amazonaws.com", "DomainIsPublicSuffix")]
    [InlineData("in-addr.arpa", "DomainIsPublicSuffix")]
    [InlineData("localhost", "DomainIsPublicSuffix")]
    [InlineData("*", "DomainNotValid")]
    [InlineData("*.example.com", "DomainNotValid")]
    [InlineData(".", "DomainNotValid")]
    [InlineData("", "DomainNotValid")]
    [InlineData("a..example", "DomainNotValid")]
    public void A_domain_of_many_owners_is_refused(string domain, string error) =>
        Assert.Equal(error, Assert.Throws<ExceptionListException>(() => Excepted.ListOf(Excepted.Make(domain))).Error.ToString());

    [Theory]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.1/8")]
    [InlineData("host")]
    [InlineData("")]
    public void A_client_is_an_address_or_a_network(string client) =>
        Assert.Equal(ExceptionListError.ClientNotValid,
            Assert.Throws<ExceptionListException>(() => Excepted.ListOf(Excepted.Make("a.example", client: client))).Error);

    [Fact]
    public void Domains_are_lowered_and_written_as_A_labels() =>
        Assert.Equal(["xn--bcher-kva.example", "b\\255.example"],
            Excepted.ListOf(Excepted.Make("B\u00FCcher.Example"), Excepted.Make("B\\255.example")).All.Take(2).Select(e => e.Domain));

    [Fact]
    public void Matching_allocates_nothing()
    {
        var list = Excepted.ListOf(Excepted.Make("a.example", "[0-9a-f]{32}", "192.0.2.0/24"));
        byte[][] names = [.. new[] { "5f4dcc3b5aa765d61d8327deb882cf99.a.example", "www.a.example", "_dmarc.other.example", "www.other.example" }.Select(WireName.Of)];
        var client = IPAddress.Parse("192.0.2.1");
        var found = 0;

        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var i = 0; i < 1000; i++)
            {
                foreach (var name in names)
                {
                    var rules = list.For(name.AsSpan(PublicSuffixList.Default.RegisteredDomainOffset(name)))!;
                    if (rules.Match(name, Excepted.Noon, client) >= 0) found++;
                }
            }
        }));
        Assert.True(found > 0);
    }
}
