using System.Text.Json;
using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

public sealed class EcsFindingTests
{
    private static readonly DateTime s_now = new(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Has_the_fields_of_an_alert()
    {
        using var json = Write(Findings.Make());
        var root = json.RootElement;

        Assert.Equal("2026-11-24T09:01:00.000Z", root.GetProperty("@timestamp").GetString());
        Assert.Equal("alert", Text(root, "event", "kind"));
        Assert.Equal("network", root.GetProperty("event").GetProperty("category")[0].GetString());
        Assert.Equal(73, root.GetProperty("event").GetProperty("risk_score").GetInt32());
        Assert.Equal("2026-11-24T10:00:00.000Z", Text(root, "event", "created"));
        Assert.Equal("DNS Tunneling", Text(root, "rule", "name"));
        Assert.Equal("T1572", root.GetProperty("threat").GetProperty("technique").GetProperty("id")[0].GetString());
        Assert.Equal("TA0011", root.GetProperty("threat").GetProperty("tactic").GetProperty("id")[0].GetString());
        Assert.Equal("tunnel.example", root.GetProperty("dns").GetProperty("question").GetProperty("registered_domain").GetString());
        Assert.Equal("192.0.2.7", Text(root, "source", "ip"));
        Assert.Equal("192.0.2.7", root.GetProperty("related").GetProperty("ip")[0].GetString());
        Assert.Equal("tunnel.example", root.GetProperty("related").GetProperty("hosts")[0].GetString());
        Assert.Equal(10946, root.GetProperty("dns_tunnel").GetProperty("bytes_out").GetInt64());
        Assert.Equal(2.5, root.GetProperty("dns_tunnel").GetProperty("features").GetProperty("UniqueNames").GetProperty("contribution").GetDouble());
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("HOST-7", null)]
    [InlineData("1", null)]
    [InlineData("0x7f.1", null)]
    [InlineData("192.0.2.7\n", null)]
    public void Source_ip_is_an_address_or_absent(string client, string? expected)
    {
        using var json = Write(Findings.Make(client: client));
        var source = json.RootElement.GetProperty("source");

        Assert.Equal(client, source.GetProperty("address").GetString());
        Assert.Equal(expected, source.TryGetProperty("ip", out var ip) ? ip.GetString() : null);
    }

    [Fact]
    public void The_process_that_asked_has_its_own_field_when_it_is_one()
    {
        using var one = Write(Findings.Make(text: "/tmp/x/evil (42)"));
        var process = one.RootElement.GetProperty("process");
        Assert.Equal(42, process.GetProperty("pid").GetInt32());
        Assert.Equal("evil", process.GetProperty("name").GetString());
        Assert.Equal("/tmp/x/evil", process.GetProperty("executable").GetString());
        using var none = Write(Findings.Make());
        Assert.False(none.RootElement.TryGetProperty("process", out _));
    }

    [Fact]
    public void Of_several_clients_there_is_no_source()
    {
        using var json = Write(Findings.Make(client: null));
        Assert.False(json.RootElement.TryGetProperty("source", out _));
    }

    [Fact]
    public void The_id_is_that_of_the_finding()
    {
        using var first = Write(Findings.Make());
        using var again = JsonDocument.Parse(EcsFindingWriter.Write(Findings.Make(), s_now.AddDays(1)));
        using var other = Write(Findings.Make(client: "192.0.2.8"));

        Assert.Equal(Text(first.RootElement, "event", "id"), Text(again.RootElement, "event", "id"));
        Assert.NotEqual(Text(first.RootElement, "event", "id"), Text(other.RootElement, "event", "id"));
    }

    private static JsonDocument Write(DnsTunnelFinding finding) => JsonDocument.Parse(EcsFindingWriter.Write(finding, s_now));

    private static string? Text(JsonElement root, string name, string member) => root.GetProperty(name).GetProperty(member).GetString();
}
