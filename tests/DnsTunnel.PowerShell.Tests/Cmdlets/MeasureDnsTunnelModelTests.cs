using System.Management.Automation;
using System.Text;

namespace DnsTunnel.PowerShell.Tests;

public sealed class MeasureDnsTunnelModelTests : IDisposable
{
    private readonly ModuleSession _session = new();
    private readonly Captures _captures = new();
    private readonly string _manifest;

    public MeasureDnsTunnelModelTests()
    {
        _captures.Copy(Captures.Iodine, "iodine_A.pcap.gz");
        _captures.Copy(Captures.Dns2tcp, "lab/dns2tcp_TXT.pcap");
        _captures.Copy(Captures.Windows, "office.pcap");
        _manifest = Write("""
            path	label	tunnel_domain
            iodine_A.pcap.gz	tunnel:iodine	tunnel.test
            lab/dns2tcp_TXT.pcap	tunnel	tunnel.example
            office.pcap	benign
            """);
    }

    public void Dispose()
    {
        _session.Dispose();
        _captures.Dispose();
    }

    [Fact]
    public void Each_capture_is_measured_with_each_rule()
    {
        var measurements = _session.Run("param($m) Measure-DnsTunnelModel -Path $m", ("m", _manifest));
        Assert.Empty(_session.Errors);
        Assert.Equal(3 * 9, measurements.Count);
        Assert.Equal(3, measurements.DistinctBy(m => m.Properties["Path"].Value).Count());
        Assert.Equal(["DnsTunnel", "Elastic", "ElasticSchedule", "RITA", "Zeek", "Sigma", "Splunk", "nDPI", "ibHH"], measurements.Take(9).Select(m => (string)m.Properties["Rule"].Value));
    }

    [Fact]
    public void Tunnels_are_found_early_and_ordinary_traffic_is_not()
    {
        var measurements = _session.Run("param($m) Measure-DnsTunnelModel -Path $m -Rule dnstunnel", ("m", _manifest));
        Assert.Equal(["iodine", "dns2tcp", null], measurements.Select(m => m.Properties["Tool"].Value));
        Assert.Equal([true, true, null], measurements.Select(m => m.Properties["Found"].Value));
        Assert.All(measurements, m => Assert.Equal(0, m.Properties["FalseDomainCount"].Value));
        Assert.All(measurements.Take(2), m =>
        {
            Assert.InRange((long)m.Properties["QueriesBefore"].Value, 1, 60);
            Assert.InRange((long)m.Properties["BytesBefore"].Value, 20, 3000);
            Assert.True((double)m.Properties["Score"].Value > 50);
        });
        Assert.Equal([1766L, 1240L, 158L], measurements.Select(m => m.Properties["QueryCount"].Value));
    }

    [Fact]
    public void Summary_adds_one_line_a_rule()
    {
        var written = _session.Run("param($m) Measure-DnsTunnelModel $m -Rule Sigma, nDPI -Summary", ("m", _manifest));
        Assert.Equal((3 * 2) + 2, written.Count);
        var summary = written[^2];
        Assert.Equal("Sigma", summary.Properties["Rule"].Value);
        Assert.Equal(2, summary.Properties["TunnelCaptures"].Value);
        Assert.Equal(158L, summary.Properties["BenignQueries"].Value);
    }

    [Theory]
    [InlineData("[IO.FileInfo]$m | Measure-DnsTunnelModel -Rule nDPI")]
    [InlineData("Measure-DnsTunnelModel -LiteralPath $m -Rule nDPI")]
    public void Manifests_bind_from_the_pipeline(string command) =>
        Assert.Equal(3, _session.Run("param($m) " + command, ("m", _manifest)).Count);

    [Fact]
    public void Captures_that_nobody_has_judged_are_left_out_unless_asked_for()
    {
        var manifest = Write("path\tlabel\noffice.pcap\tmostly benign\n");
        Assert.Empty(_session.Run("param($m) Measure-DnsTunnelModel $m", ("m", manifest)));
        Assert.Contains("no labelled capture", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        Assert.Single(_session.Run("param($m) Measure-DnsTunnelModel $m -IncludeUnlabelled -Rule Zeek", ("m", manifest)));
    }

    [Fact]
    public void A_capture_that_cannot_be_read_is_an_error_and_no_measurement()
    {
        _captures.Write("notes.txt", "no capture"u8.ToArray());
        var manifest = Write("path\tlabel\nmissing.pcap\tbenign\nnotes.txt\tbenign\noffice.pcap\tbenign\n");
        Assert.Single(_session.Run("param($m) Measure-DnsTunnelModel $m -Rule RITA", ("m", manifest)));
        Assert.Equal(["PathNotFound", "CaptureNotReadable"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void A_manifest_that_is_wrong_is_one_error_with_line_and_column()
    {
        var manifest = Write("path\tlabel\nx.pcap\ttunnel\n");
        Assert.Empty(_session.Run("param($m) Measure-DnsTunnelModel $m", ("m", manifest)));
        var error = Assert.Single(_session.Errors);
        Assert.StartsWith("ManifestNotUsable,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("line 2, column tunnel_domain", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_ends_when_the_pipeline_is_stopped()
    {
        var manifest = Write("path\tlabel\n" + string.Concat(Enumerable.Repeat("office.pcap\tbenign\n", 100_000)));
        using var shell = _session.CreatePipeline("param($m) Measure-DnsTunnelModel $m -Rule nDPI", ("m", manifest));
        var output = new PSDataCollection<PSObject>();
        using var first = new ManualResetEventSlim();
        output.DataAdded += (_, _) => first.Set();
        var running = shell.BeginInvoke<object, PSObject>(null, output);
        Assert.True(first.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        shell.Stop();
        Assert.True(running.AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(30)));
        Assert.InRange(output.Count, 1, 99_999);
    }

    [Theory]
    [InlineData("", @"Rule\s+Label\s+Found\s+Score\s+Queries\s+Bytes\s+Seconds\s+False\s+Capture")]
    [InlineData(" -Summary | Where-Object { $_.Roc -is [array] }", @"Rule\s+Rate\s+Found\s+Bytes\s+Seconds\s+False\s+False/1M queries\s+False/week")]
    public void Tables_fit_100_columns(string more, string header)
    {
        var table = _session.Show("param($m) Measure-DnsTunnelModel $m" + more, ("m", _manifest));
        Assert.Matches(header, table);
        Assert.All(table.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }

    private string Write(string text) => _captures.Write($"{Guid.NewGuid():N}.tsv", Encoding.UTF8.GetBytes(text));
}
