using System.Diagnostics;
using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

public sealed class ImportDnsLogTests : IDisposable
{
    private const string Zeek =
        "{\"ts\":1700000000.5,\"id.orig_h\":\"192.0.2.1\",\"id.orig_p\":40000,\"id.resp_h\":\"192.0.2.53\",\"id.resp_p\":53,\"proto\":\"udp\",\"trans_id\":7,\"query\":\"A.b.example.com\",\"qclass\":1,\"qclass_name\":\"C_INTERNET\",\"qtype\":16,\"qtype_name\":\"TXT\",\"rcode\":0,\"rcode_name\":\"NOERROR\",\"answers\":[\"TXT 2 hi\"],\"rejected\":false}\n";

    private readonly ModuleSession _session = new();
    private readonly Captures _captures = new();

    public void Dispose()
    {
        _session.Dispose();
        _captures.Dispose();
    }

    [Fact]
    public void Emits_the_queries_of_a_log()
    {
        var query = Assert.Single(_session.Run("param($p) Import-DnsLog $p", ("p", Write(Zeek))));
        Assert.Empty(_session.Errors);
        Assert.Equal("192.0.2.1", query.Properties["ClientAddress"].Value);
        Assert.Equal("A.b.example.com", query.Properties["QueryName"].Value);
        Assert.Equal("example.com", query.Properties["RegisteredDomain"].Value);
        Assert.Equal("TXT", query.Properties["QueryType"].Value);
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, 500, DateTimeKind.Utc), query.Properties["Timestamp"].Value);
    }

    [Fact]
    public void Other_cmdlets_read_logs_as_they_read_captures()
    {
        var path = Write(string.Concat(Enumerable.Range(0, 300).Select(i => Zeek.Replace("A.b", $"{i * 7919:x8}{i * 104729:x8}.t", StringComparison.Ordinal))));
        Assert.Equal("example.com", Assert.Single(_session.Run("param($p) (Test-DnsTunneling $p).Domain", ("p", path))).BaseObject);
        Assert.Equal(
            _session.Run("param($p) (Get-DnsDomainVolume $p).InformationBytes", ("p", path)).Single().BaseObject,
            _session.Run("param($p) (Import-DnsLog $p | Get-DnsDomainVolume).InformationBytes", ("p", path)).Single().BaseObject);
    }

    [Fact]
    public void Bad_lines_are_a_counted_warning_with_their_numbers()
    {
        Assert.Equal(2, _session.Run("param($p) Import-DnsLog $p", ("p", Write(Zeek + "{ broken\n" + Zeek))).Count);
        Assert.Empty(_session.Errors);
        Assert.Contains("line 2", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_capture_and_a_log_are_each_told_where_they_belong()
    {
        _session.Run("param($p) Import-DnsLog $p", ("p", Captures.Windows));
        Assert.StartsWith("LogNotReadable,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains("Start-DnsCapture", _session.Errors[0].Exception.Message, StringComparison.Ordinal);

        _session.Run("param($p) Start-DnsCapture $p", ("p", Write(Zeek)));
        Assert.Contains("Import-DnsLog", Assert.Single(_session.Errors).ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void Format_completes_and_is_checked()
    {
        Assert.Contains(_session.Complete("Import-DnsLog -Format zeek"), c => c.CompletionText == "ZeekJson" && c.ToolTip.Contains("JSON", StringComparison.Ordinal));
        Assert.Contains(_session.Complete("Import-DnsLog -Format pi-hole"), c => c.CompletionText == "Dnsmasq");
        _session.Run("param($p) Import-DnsLog $p -Format Nothing", ("p", Captures.Windows));
        Assert.Contains("ZeekTsv", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("UTC", 10)]
    [InlineData("Europe/Berlin", 9)]
    [InlineData("W. Europe Standard Time", 9)]
    [InlineData("europe/berlin", 9)]
    public void Times_without_a_zone_are_of_the_one_given(string zone, int hour)
    {
        // Without ICU the runtime does not know the names that Windows has.
        if (zone.Contains(' ', StringComparison.Ordinal)) Assert.SkipUnless(TimeZoneInfo.TryConvertWindowsIdToIanaId(zone, out _), "no ICU");
        var path = Write(BindLine("a"));
        var time = Assert.Single(_session.Run("param($p, $z) Import-DnsLog $p -TimeZone $z", ("p", path), ("z", zone))).Properties["Timestamp"].Value;
        Assert.Equal(new DateTime(2026, 11, 24, hour, 28, 47, 525, DateTimeKind.Utc), time);
        Assert.Equal(time, Assert.Single(_session.Run("param($p, $z) Import-DnsLog $p -TimeZone $z", ("p", path), ("z", TimeZoneInfo.FindSystemTimeZoneById(zone)))).Properties["Timestamp"].Value);
    }

    [Fact]
    public void Time_zones_complete_and_are_checked()
    {
        Assert.Equal(["UTC", "Local"], _session.Complete("Import-DnsLog -TimeZone ").Take(2).Select(c => c.CompletionText));
        Assert.Contains(_session.Complete("Import-DnsLog -TimeZone berl"), c => c.CompletionText == "Europe/Berlin" && c.ToolTip.Length > 0);
        Assert.Equal(TimeZoneInfo.Local.Id, _session.Run("(Get-Command Import-DnsLog).Parameters['TimeZone'].Attributes.Where({ $_ -is [System.Management.Automation.ArgumentTransformationAttribute] }).Transform($ExecutionContext, 'local').Id").Single().BaseObject);

        _session.Run("param($p) Import-DnsLog $p -TimeZone \"Mars`e[31m\"", ("p", Write(Zeek)));
        var message = Assert.Single(_session.Errors).Exception.Message;
        Assert.Contains("There is no time zone 'Mars", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', message);
    }

    [Fact]
    public void Names_and_times_that_a_log_does_not_tell_are_warnings_with_a_remedy()
    {
        _session.Run("param($p) Import-DnsLog $p", ("p", Write("Nov 24 10:28:47 ns dnsmasq[7]: query[A] <name unprintable> from 192.0.2.1\n")));
        Assert.Matches(": 1 of 1 query names.*Dnsmasq.*dumpfile", Assert.Single(_session.Warnings));

        _session.Run("param($p) Import-DnsLog $p", ("p", Write("[INFO] 192.0.2.1:40912 - 7 \"A IN a.example. udp 31 false 512\" NOERROR qr,rd 60 0.01s\n")));
        Assert.Matches(": 1 of 1 queries.*no time.*--timestamps", Assert.Single(_session.Warnings));
    }

    [Fact]
    public async Task Wait_follows_a_log_through_rotation_and_truncation_until_it_is_stopped()
    {
        var path = Write(BindLine("n1"));
        using var shell = _session.CreatePipeline("param($p) Import-DnsLog $p -Wait", ("p", path));
        using var output = new PSDataCollection<PSObject>();
        var running = shell.BeginInvoke<object, PSObject>(null, output);
        await Await(output, 1);
        await File.AppendAllTextAsync(path, BindLine("n2"), TestContext.Current.CancellationToken);
        await Await(output, 2);
        File.Move(path, path + ".1");
        await File.WriteAllTextAsync(path, BindLine("n3") + BindLine("n4") + BindLine("n5"), TestContext.Current.CancellationToken);
        await Await(output, 5);
        await File.WriteAllTextAsync(path, BindLine("n6"), TestContext.Current.CancellationToken);
        await Await(output, 6);

        Assert.False(running.IsCompleted);
        var stop = Stopwatch.StartNew();
        shell.Stop();
        Assert.InRange(stop.ElapsedMilliseconds, 0, 5000);
        Assert.Equal(["n1.example", "n2.example", "n3.example", "n4.example", "n5.example", "n6.example"], output.Select(q => (string)q.Properties["QueryName"].Value));
        Assert.Empty(shell.Streams.Error);
        Assert.Empty(shell.Streams.Warning);
    }

    [Fact]
    public void Wait_ends_when_the_pipeline_wants_no_more() =>
        Assert.Single(_session.Run("""
            param($p)
            $steps = { Import-DnsLog $p -Wait | ForEach-Object { $_; break } }
            foreach ($once in 1) { & $steps }
            """, ("p", Write(BindLine("n1")))));

    [Fact]
    public async Task Wait_on_an_empty_log_ends_in_silence_when_it_is_stopped()
    {
        using var shell = _session.CreatePipeline("param($p) Import-DnsLog $p -Wait", ("p", Write(string.Empty)));
        var running = shell.BeginInvoke();
        await Task.Delay(300, TestContext.Current.CancellationToken);
        Assert.False(running.IsCompleted);
        shell.Stop();
        Assert.Empty(shell.Streams.Error);
    }

    [Fact]
    public void Wait_on_a_pipe_ends_when_it_is_stopped_and_is_an_error_once_it_is_open()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "named pipes are no files on Windows");
        var pipe = Path.Combine(_captures.Temporary, "pipe");
        Process.Start("mkfifo", pipe).WaitForExit();
        using (var shell = _session.CreatePipeline("param($p) Import-DnsLog $p -Wait", ("p", pipe)))
        {
            var running = shell.BeginInvoke();
            Thread.Sleep(200);
            Assert.False(running.IsCompleted);
            shell.BeginStop(null, null);
            Assert.True(running.AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(5)), "still waiting");
        }

        using var writer = new FileStream(pipe, FileMode.Open, FileAccess.ReadWrite);
        _session.Run("param($p) Import-DnsLog $p -Wait", ("p", pipe));
        Assert.Contains("cannot be followed", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wait_takes_one_file()
    {
        var path = Write(BindLine("n1"));
        var other = _captures.Write("other.log", []);
        foreach (var paths in new[] { [path, other], new[] { _captures.Temporary } })
        {
            Assert.Empty(_session.Run("param($p) Import-DnsLog $p -Wait", ("p", paths)));
            Assert.StartsWith("OneFileToFollow,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        }
    }

    private static string BindLine(string name) => $"24-Nov-2026 10:28:47.525 client 192.0.2.1#53225 (n): query: {name}.example IN A + (192.0.2.53)\n";

    private static async Task Await(PSDataCollection<PSObject> output, int count)
    {
        for (var i = 0; output.Count < count && i < 200; i++) await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Equal(count, output.Count);
    }

    private string Write(string text) => _captures.Write("dns.log", System.Text.Encoding.UTF8.GetBytes(text));
}
