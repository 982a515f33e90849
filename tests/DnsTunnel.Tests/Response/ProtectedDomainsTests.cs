using DnsTunnel.Response;
using DnsTunnel.Response.Domains;

namespace DnsTunnel.Tests.Response;

public sealed class ProtectedDomainsTests
{
    private readonly ProtectedDomains _domains = new(["# comment", "", "login.vendor.example\tsign-in", "amazonaws.com\tvery many sites"], ["corp.test", "host1.office.example"]);

    [Theory]
    [InlineData("login.vendor.example", "sign-in")]
    [InlineData("vendor.example", "sign-in")]
    [InlineData("amazonaws.com", "very many sites")]
    [InlineData("www.amazonaws.com", "very many sites")]
    [InlineData("corp.test", "names of this network")]
    [InlineData("db.corp.test", "names of this network")]
    [InlineData("office.example", "names of this network")]
    [InlineData("printer.local", "names and addresses of local networks")]
    [InlineData("2.0.192.in-addr.arpa", "names and addresses of local networks")]
    public void What_much_depends_on_is_refused(string domain, string breaks)
    {
        Assert.Equal(breaks, _domains.WhatBreaks(Hostile.Domain(domain)));
        var exception = Assert.Throws<ResponseException>(() => _domains.Refuse(Hostile.Domain(domain)));
        Assert.Equal(ResponseError.DomainProtected, exception.Error);
        Assert.Contains(breaks, exception.Message);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("notamazonaws.com")]
    [InlineData("amazonaws.com.evil.example")]
    [InlineData("evil.s3.amazonaws.com")]
    [InlineData("xcorp.test")]
    [InlineData("other.vendor.example.net")]
    public void Others_are_not(string domain) => Assert.Null(_domains.WhatBreaks(Hostile.Domain(domain)));

    [Theory]
    [InlineData("microsoft.com")]
    [InlineData("google.com")]
    [InlineData("amazonaws.com")]
    [InlineData("cloudflare.com")]
    [InlineData("apple.com")]
    public void The_list_that_comes_along_has_the_big_ones(string domain) => Assert.NotNull(ProtectedDomains.Default.WhatBreaks(Hostile.Domain(domain)));

    [Fact]
    public void Every_line_of_the_list_is_a_domain_and_what_breaks()
    {
        var lines = File.ReadAllLines(Path.Combine(SharedData.Repository, "module", "data", "protected-domains.txt")).Where(l => l.Length > 0 && l[0] != '#').ToArray();
        Assert.All(lines, line => Assert.Matches(@"^[a-z0-9-]+(\.[a-z0-9-]+)+\t\S.*[^.]$", line));
        Assert.Equal(lines.Length, lines.Select(l => l.Split('\t')[0]).Distinct().Count());
    }

    [Fact]
    public void Search_domains_are_read_from_the_configuration_of_the_resolver() => Assert.Equal(["a.test", "b.test", "c.test"],
        OwnDomains.Search(["nameserver 192.0.2.1", "search a.test\tb.test .", "domain c.test", "# search d.test", "options edns0"]));
}
