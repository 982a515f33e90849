using System.Net;
using System.Net.Sockets;

namespace DnsTunnel.PowerShell.Tests;

public sealed class ImportDnstapTests : IDisposable
{
    /// <summary>START, a client query for TXT of a1b2c3.t.example.org, its response (NXDOMAIN), STOP.</summary>
    private static readonly byte[] s_stream = Convert.FromBase64String(
        "AAAAAAAAACIAAAACAAAAAQAAABZwcm90b2J1ZjpkbnN0YXAuRG5zdGFwAAAAUwoDbnMxckoIBRABGAEiBMAAAgEqBMAAAjUwoB84NUCA4s+qBk0AZc0dUiYA"
        + "BwEAAAEAAAAAAAAGYTFiMmMzAXQHZXhhbXBsZQNvcmcAABAAAXgBAAAAUwoDbnMxckoIBhABGAEiBMAAAgEqBMAAAjUwoB84NWCA4s+qBm0AZc0dciYAB4GD"
        + "AAEAAAAAAAAGYTFiMmMzAXQHZXhhbXBsZQNvcmcAABAAAXgBAAAAAAAAAAQAAAAD");

    private readonly ModuleSession _session = new();
    private readonly Captures _files = new();

    private string SocketPath => Path.Combine(_files.Temporary, "dnstap.sock");

    public void Dispose()
    {
        _session.Dispose();
        _files.Dispose();
    }

    [Theory]
    [InlineData("Import-DnsLog $p")]
    [InlineData("Import-DnsLog $p -Format Dnstap")]
    public void A_file_is_read_as_a_log(string script)
    {
        var query = Assert.Single(_session.Run($"param($p) {script}", ("p", _files.Write("a.log", s_stream))));
        Assert.Empty(_session.Errors);
        Assert.Equal("a1b2c3.t.example.org", query.Properties["QueryName"].Value);
        Assert.Equal("NXDOMAIN", query.Properties["ResponseCode"].Value);
        Assert.Equal("192.0.2.1", query.Properties["ClientAddress"].Value);
        Assert.Null(query.Properties["HostName"].Value);
    }

    [Fact]
    public void Other_cmdlets_read_it_and_Start_DnsCapture_says_who_does()
    {
        var path = _files.Write("a.log", s_stream);
        Assert.Equal("example.org", Assert.Single(_session.Run("param($p) (Get-DnsDomainVolume $p).Domain", ("p", path))).BaseObject);
        _session.Run("param($p) Start-DnsCapture $p", ("p", path));
        Assert.Contains("Import-DnsLog", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_come_live_until_Count_and_the_socket_is_removed()
    {
        using var shell = _session.CreatePipeline("param($p) Import-DnsLog -DnstapSocket $p -Count 1", ("p", SocketPath));
        var running = shell.BeginInvoke();
        using (var sender = Connect(new UnixDomainSocketEndPoint(SocketPath))) sender.Send(s_stream);
        var query = Assert.Single(shell.EndInvoke(running));
        Assert.Equal("a1b2c3.t.example.org", query.Properties["QueryName"].Value);
        Assert.Equal(SocketPath, query.Properties["Source"].Value);
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void Queries_come_over_tcp_for_a_duration()
    {
        using var shell = _session.CreatePipeline("Import-DnsLog -DnstapListen 127.0.0.1:0 -Duration 0:0:3 -Verbose");
        var running = shell.BeginInvoke();
        for (var i = 0; i < 100 && shell.Streams.Verbose.Count == 0; i++) Thread.Sleep(50);
        var address = shell.Streams.Verbose[0].Message.TrimEnd('.').Split(' ')[^1];
        using (var sender = Connect(IPEndPoint.Parse(address))) sender.Send(s_stream);
        Assert.Single(shell.EndInvoke(running));
    }

    [Fact]
    public void Silence_is_a_warning()
    {
        Assert.Empty(_session.Run("param($p) Import-DnsLog -DnstapSocket $p -Duration 0:0:1", ("p", SocketPath)));
        Assert.Contains("No DNS query", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sender_of_something_else_is_a_warning()
    {
        using var shell = _session.CreatePipeline("param($p) Import-DnsLog -DnstapSocket $p -Count 1", ("p", SocketPath));
        var running = shell.BeginInvoke();
        using (var bad = Connect(new UnixDomainSocketEndPoint(SocketPath))) bad.Send("hello, hello"u8);
        for (var i = 0; i < 100 && shell.Streams.Warning.Count == 0; i++) Thread.Sleep(50);
        using (var sender = Connect(new UnixDomainSocketEndPoint(SocketPath))) sender.Send(s_stream);
        Assert.Single(shell.EndInvoke(running));
        Assert.Contains("corrupt", Assert.Single(shell.Streams.Warning).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Stop_ends_it_at_once_and_removes_the_socket()
    {
        using var shell = _session.CreatePipeline("param($p) Import-DnsLog -DnstapSocket $p", ("p", SocketPath));
        shell.BeginInvoke();
        using var sender = Connect(new UnixDomainSocketEndPoint(SocketPath));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        shell.Stop();
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 2);
        Assert.False(File.Exists(SocketPath));
    }

    [Fact]
    public void The_mode_of_the_socket_is_what_is_asked_for()
    {
        using var shell = _session.CreatePipeline("param($p) Import-DnsLog -DnstapSocket $p -DnstapSocketMode 0660 -Count 1", ("p", SocketPath));
        var running = shell.BeginInvoke();
        using (var sender = Connect(new UnixDomainSocketEndPoint(SocketPath)))
        {
            if (!OperatingSystem.IsWindows()) Assert.Equal((UnixFileMode)0b110_110_000, File.GetUnixFileMode(SocketPath));
            sender.Send(s_stream);
        }
        Assert.Single(shell.EndInvoke(running));
    }

    [Fact]
    public void A_file_that_is_there_stays()
    {
        var path = _files.Write("dnstap.sock", [1]);
        _session.Run("param($p) Import-DnsLog -DnstapSocket $p", ("p", path));
        Assert.StartsWith("SocketExists,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal([1], File.ReadAllBytes(path));
    }

    [Theory]
    [InlineData("-DnstapSocket /missing/folder/x")]
    [InlineData("-DnstapListen 192.0.2.1:6000")]
    public void What_cannot_be_listened_on_is_one_error(string parameters)
    {
        _session.Run($"Import-DnsLog {parameters}");
        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("CannotListen,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    private static Socket Connect(EndPoint address)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                socket.Connect(address);
                return socket;
            }
            catch (SocketException) when (i < 200)
            {
                socket.Dispose();
                Thread.Sleep(50);
            }
        }
    }
}
