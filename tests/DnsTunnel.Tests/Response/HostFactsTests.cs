using System.Net;
using DnsTunnel.Response.Expiry;
using DnsTunnel.Response.Hosts;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

public sealed class HostFactsTests
{
    [Fact]
    public void Facts_are_read_line_by_line()
    {
        var facts = HostFacts.Parse("host=web1\ntimer=Systemd\nssh=2001:db8::7 50000 2001:db8::1 22\r\nssh=2001:db8::7 50000 2001:db8::1 22\npeer=192.0.2.9 5985\naccount=alice\naccount=bob\naccount=alice\nnoise\n");

        Assert.Equal(("web1", TimerKind.Systemd), (facts.Name, facts.Timer));
        Assert.Equal([new(IPAddress.Parse("2001:db8::7"), 22), new(IPAddress.Parse("192.0.2.9"), 5985)], facts.Management);
        Assert.Equal(["alice", "bob"], facts.Accounts);
    }

    [Theory]
    [InlineData("192.0.2.1 50000 192.0.2.2")]
    [InlineData("192.0.2.1 50000 192.0.2.2 22; flush ruleset")]
    [InlineData("192.0.2.1 50000 192.0.2.2 70000")]
    [InlineData("evil 50000 192.0.2.2 22")]
    [InlineData("127.0.0.1 50000 127.0.0.1 22")]
    public void What_is_no_connection_from_elsewhere_is_left_out(string value) => Assert.Null(ManagementPeer.FromSsh(value));

    [Fact]
    public void This_computer_tells_its_name()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("asks a shell of Linux");
        var facts = HostFacts.Read(new LocalScriptRunner(), DnsTunnelPlatform.Linux, TestContext.Current.CancellationToken);
        Assert.Equal(Environment.MachineName, facts.Name.Split('.')[0]);
    }

    [Fact]
    public void The_session_is_found_above_a_sudo_that_hid_it()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("asks a shell of Linux");
        var runner = new WrappedRunner("SSH_CONNECTION='192.0.2.7 50000 192.0.2.1 2222' sh -c 'env -u SSH_CONNECTION sh -c \"$1\"; true' -");

        Assert.Equal([new(IPAddress.Parse("192.0.2.7"), 2222)], HostFacts.Read(runner, DnsTunnelPlatform.Linux, TestContext.Current.CancellationToken).Management);
    }
}
