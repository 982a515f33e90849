using DnsTunnel.Detection;
using DnsTunnel.Models;

namespace DnsTunnel.Tests.Detection;

/// <summary>One payload in pieces: over several domains of a client, or over several clients of a domain.</summary>
public sealed class SuspectGroupTests
{
    private static readonly string[] s_domains = ["alpha.com", "bravo.net", "charlie.org", "delta.com", "echo.net"];

    /// <summary>22 names are a tunnel, whatever else is true of them.</summary>
    private static readonly TunnelModel s_counting = new(-10, [new ShapeFunction(TunnelFeatureKind.UniqueNames, [3, 30], [0, 12])], new ModelTraining());

    [Fact]
    public void Domains_of_a_client_with_names_made_alike_are_one_finding()
    {
        var finding = Assert.Single(Asked.Findings(Spread(names: 7, digits: 32), s_counting));
        Assert.Equal(s_domains, finding.RelatedDomains.Append(finding.Domain).Order());
        Assert.Equal("192.0.2.1", finding.Client);
        Assert.Contains(finding.Reasons, r => r.Contains("spread over 5 domains", StringComparison.Ordinal));
    }

    [Fact]
    public void Domains_of_different_clients_are_not_put_together() =>
        Assert.DoesNotContain(Asked.Findings(s_domains.SelectMany((d, i) => Asked.Hex(4, d, client: $"192.0.2.{i + 1}", seed: i)), s_counting), f => f.RelatedDomains.Length > 0);

    [Fact]
    public void Two_domains_are_alike_by_chance() =>
        Assert.Empty(Asked.Findings(s_domains.Take(2).SelectMany((d, i) => Asked.Hex(14, d, every: 5, from: i, digits: 32, seed: i)), s_counting));

    [Fact]
    public void Names_of_unlike_size_are_no_siblings()
    {
        var finding = Asked.Findings([.. Spread(names: 7, digits: 32), .. Asked.Hex(7, "short.example.com", digits: 12)], s_counting).Single(f => f.RelatedDomains.Length > 0);
        Assert.DoesNotContain("example.com", finding.RelatedDomains);
    }

    [Fact]
    public void Names_of_words_are_no_siblings()
    {
        string[] words = ["orders", "billing", "reports", "archive", "support", "careers"];
        Assert.Empty(Asked.Findings(s_domains.SelectMany((d, i) => words.Select((w, n) => Asked.Query($"{w}.{d}", (10 * i) + n))), s_counting));
    }

    [Fact]
    public void A_domain_that_several_clients_ask_for_parts_is_one_finding_without_a_client()
    {
        static IEnumerable<DnsQuery> OfClient(int client) => Asked.Hex(8, "example.com", every: 4, from: client, client: $"192.0.2.{client}", seed: client);
        Assert.Empty(Asked.Findings(OfClient(1), s_counting));
        var finding = Assert.Single(Asked.Findings(Enumerable.Range(1, 3).SelectMany(OfClient), s_counting));
        Assert.Null(finding.Client);
        Assert.Equal(["192.0.2.1", "192.0.2.2", "192.0.2.3"], finding.Clients);
        Assert.Equal(24, finding.UniqueNames);
    }

    [Fact]
    public void What_many_clients_ask_is_ordinary()
    {
        var names = Asked.Hex(20, "example.com").Select(q => q.QueryName).ToList();
        Assert.Empty(Asked.Findings(Enumerable.Range(0, 400).Select(i => Asked.Query(names[i % 20], i, client: $"192.0.2.{i % 250}"))));
    }

    private static IEnumerable<DnsQuery> Spread(int names, int digits) => s_domains.SelectMany((d, i) => Asked.Hex(names, d, every: 5, from: i, digits: digits, seed: i));
}
