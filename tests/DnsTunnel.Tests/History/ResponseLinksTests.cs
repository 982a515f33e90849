using DnsTunnel.History;

namespace DnsTunnel.Tests.History;

public class ResponseLinksTests
{
    private static readonly DateTime s_found = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    private static readonly DnsDomainHistory s_history = new()
    {
        Domain = "tunnel.example",
        Findings = [new DnsTunnelFindingHistory { Client = "192.0.2.7", FirstSeen = s_found }],
    };

    [Theory]
    [InlineData(DnsTunnelAction.BlockDomain, "tunnel.example", 0, true)]
    [InlineData(DnsTunnelAction.BlockDomain, "t.tunnel.example", 0, true)]
    [InlineData(DnsTunnelAction.BlockDomain, "nottunnel.example", 0, false)]
    [InlineData(DnsTunnelAction.BlockDomain, "example", 0, false)]
    [InlineData(DnsTunnelAction.IsolateHost, "192.0.2.7", 1, true)]
    [InlineData(DnsTunnelAction.IsolateHost, "192.0.2.7", -1, false)]
    [InlineData(DnsTunnelAction.IsolateHost, "192.0.2.8", 1, false)]
    public void An_action_belongs_to_the_domain_or_to_who_asked_it_since(DnsTunnelAction action, string target, int hours, bool expected)
    {
        var response = new DnsTunnelResponse { Action = action, Target = target, Timestamp = s_found.AddHours(hours) };
        Assert.Equal(expected, ResponseLinks.Of(s_history, [response]).Length == 1);
    }

    [Fact]
    public void A_stopped_process_belongs_to_the_client_of_its_finding() =>
        Assert.Single(ResponseLinks.Of(s_history, [new DnsTunnelResponse { Action = DnsTunnelAction.StopProcess, Target = "evil (42)", Clients = ["192.0.2.7"], Timestamp = s_found }]));
}
