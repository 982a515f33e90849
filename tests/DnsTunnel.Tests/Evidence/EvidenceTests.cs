using System.Net;
using DnsTunnel.Evidence;
using DnsTunnel.Packets;

namespace DnsTunnel.Tests.Evidence;

public sealed class EvidenceTests
{
    private const string Client = "192.0.2.7";

    private static readonly EvidenceSubject s_subject = new("tunnel.example") { Client = Client, IsTunnel = true };

    [Fact]
    public void Volume_stands_beside_the_population_of_the_same_interval()
    {
        var evidence = Make([Query("mfrggzdfmztwq2lknnwg23.tunnel.example"), Query("www.a.example", "192.0.2.1"), Query("mail.b.example"), Query("x.c.example", minutes: 30)]);
        var interval = Assert.Single(evidence.Timeline);
        Assert.Equal(1, interval.QueryCount);
        Assert.Equal(2, interval.Others);
        Assert.True(interval.InformationBytes > interval.OthersMaximumBytes);
    }

    [Fact]
    public void Queries_of_other_clients_and_domains_are_not_counted()
    {
        var evidence = Make([Query("a.tunnel.example"), Query("b.tunnel.example", client: "192.0.2.8"), Query("a.nottunnel.example")]);
        Assert.Equal(1, evidence.QueryCount);
        Assert.Equal([Client], evidence.Talkers.Select(t => t.Client));
    }

    [Fact]
    public void Whoever_asked_is_told_as_far_as_the_source_does()
    {
        var query = new DnsQuery { Timestamp = TunnelNames.Start, QueryName = "a.tunnel.example", HostName = "PC1", ProcessId = 42, ProcessName = "evil.exe", ProcessPath = @"C:\evil.exe", UserName = @"LAB\user" };
        var evidence = Assert.Single(EvidenceRun.Of([query, query], [s_subject with { Client = "PC1" }]));
        var talker = Assert.Single(evidence.Talkers);
        Assert.Equal(@"PC1, C:\evil.exe (42), LAB\user: 2 queries, 2026-03-01 12:00:00 to 2026-03-01 12:00:00", talker.ToString());
        Assert.Equal(("PC1", 42, "evil.exe", @"LAB\user", 2L), (talker.HostName, talker.ProcessId, talker.ProcessName, talker.UserName, talker.QueryCount));
        Assert.Contains("Invoke-DnsTunnelResponse -Action StopProcess -ProcessId 42 -WhatIf", evidence.NextSteps);
        Assert.Contains(@"Invoke-DnsTunnelResponse -Action DisableAccount -Account 'LAB\user' -WhatIf", evidence.NextSteps);
    }

    [Fact]
    public void Domains_with_the_same_answer_or_client_are_related()
    {
        var evidence = Make([Query("a.tunnel.example", "203.0.113.9"), Query("b.sister.example", "203.0.113.9", client: "192.0.2.99"), Query("c.other.example", "198.51.100.1"), Query("d.far.example", client: "192.0.2.99")]);
        Assert.Equal(["sister.example", "other.example"], evidence.Relations.Select(r => r.Domain));
        Assert.Contains("203.0.113.9", evidence.Relations[0].Link);
        Assert.Contains(Client, evidence.Relations[1].Link);
        Assert.Equal(["203.0.113.9"], evidence.AnswerAddresses);
    }

    [Fact]
    public void Another_finding_of_the_client_comes_first()
    {
        var evidence = EvidenceRun.Of(
            [Query("a.tunnel.example"), Query("mfrggzdfmztwq2lknnwg23tpobyxe43uov3ho6dz.big.example"), Query("c.second.example")],
            [s_subject, new EvidenceSubject("second.example") { Client = Client }]);
        Assert.Equal(["second.example", "big.example"], evidence[0].Relations.Select(r => r.Domain));
        Assert.Equal([true, false], evidence[0].Relations.Select(r => r.IsFinding));
    }

    [Fact]
    public void Findings_behind_the_same_name_server_are_related()
    {
        EvidenceSubject[] subjects = [s_subject, new("second.example"), new("third.example")];
        DnsTunnelDelegation Served(string name, string address) => new() { NameServers = [new DnsTunnelNameServer("zone", name, [address])] };
        var evidence = EvidenceRun.Of([Query("a.tunnel.example")], subjects, delegations: new Dictionary<EvidenceSubject, DnsTunnelDelegation>
        {
            [subjects[0]] = Served("ns1.tunnel.example", "203.0.113.9"),
            [subjects[1]] = Served("ns1.second.example", "203.0.113.9"),
            [subjects[2]] = Served("ns1.third.example", "203.0.113.10"),
        });
        Assert.Equal([new DnsTunnelRelation("second.example", "served by 203.0.113.9 too", IsFinding: true)], evidence[0].Relations);
        Assert.Empty(evidence[2].Relations);
    }

    [Fact]
    public void Connections_are_not_known_of_a_source_with_DNS_alone() =>
        Assert.StartsWith("not known", Make([Query("a.tunnel.example", "203.0.113.9")]).Connections);

    [Theory]
    [InlineData("203.0.113.9", "1 of 1 addresses in answers were connected to")]
    [InlineData("203.0.113.10", "none of 1 addresses in answers was connected to")]
    public void Connections_are_told_where_the_source_has_other_traffic(string destination, string expected)
    {
        var tally = new ConnectionTally();
        tally.OnConnection(Host("192.0.2.7"), Host(destination));
        Assert.StartsWith(expected, tally.Describe([IPAddress.Parse("203.0.113.9")]));
        Assert.StartsWith("no answer was an address", tally.Describe([]));
    }

    [Fact]
    public void An_exception_is_weighed_both_ways()
    {
        const string covered = "a88c9d3cbd5432009c22f474cddc3034.i.02.s.sophosxl.net";
        var subject = new EvidenceSubject("sophosxl.net");
        var match = Assert.Single(Assert.Single(EvidenceRun.Of([Query(covered), Query("mfrggzdfmztwq2lknnwg23tpobyxe43.sophosxl.net")], [subject])).Exceptions, e => e.Id == "sophos-sxl-short");
        Assert.Contains("1 of 2 names have its shape", match.For);
        Assert.Contains("1 of 2 names have another shape", match.Against);
        Assert.DoesNotContain(Make([Query("a.tunnel.example")]).Exceptions, e => e.Id.StartsWith("sophos", StringComparison.Ordinal));
    }

    [Fact]
    public void A_source_without_the_domain_gives_empty_evidence()
    {
        var evidence = Make([Query("a.other.example")]);
        Assert.Equal(0, evidence.QueryCount);
        Assert.Null(evidence.FirstSeen);
        Assert.Empty(evidence.Samples);
        Assert.Empty(evidence.Exceptions);
    }

    private static DnsTunnelEvidence Make(DnsQuery[] queries) => Assert.Single(EvidenceRun.Of(queries, [s_subject]));

    private static HostAddress Host(string address) => HostAddress.FromIPv4(IPAddress.Parse(address).GetAddressBytes());

    private static DnsQuery Query(string name, string? answer = null, string client = Client, int minutes = 0) => new()
    {
        Timestamp = TunnelNames.Start.AddMinutes(minutes),
        ClientAddress = client,
        QueryName = name,
        ResponseCode = answer is null ? "NXDOMAIN" : "NOERROR",
        Answers = answer is null ? [] : [answer],
        AnswerCount = answer is null ? 0 : 1,
    };
}
