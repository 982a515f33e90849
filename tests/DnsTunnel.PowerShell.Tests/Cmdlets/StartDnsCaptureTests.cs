using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

public sealed class StartDnsCaptureTests : IDisposable
{
    private readonly ModuleSession _session = new();
    private readonly Captures _captures = new();

    public void Dispose()
    {
        _session.Dispose();
        _captures.Dispose();
    }

    [Fact]
    public void Emits_a_query_a_transaction()
    {
        var queries = _session.Run("param($p) Start-DnsCapture $p", ("p", Captures.Dns2tcp));
        Assert.Empty(_session.Errors);
        Assert.Equal(1240, queries.Count);
        var first = queries[0];
        Assert.Contains("DnsTunnel.DnsQuery", first.TypeNames);
        Assert.Equal("10.71.1.2", first.Properties["ClientAddress"].Value);
        Assert.Equal("tunnel.example", first.Properties["RegisteredDomain"].Value);
        Assert.Equal(Captures.Dns2tcp, first.Properties["Source"].Value);
    }

    [Theory]
    [InlineData("Start-DnsCapture -Path (Join-Path2 '*.pcap')", 2)]
    [InlineData("Start-DnsCapture -Path $d", 3)]
    [InlineData("Start-DnsCapture -LiteralPath (Join-Path2 'a[1].pcap')", 1)]
    [InlineData("Start-DnsCapture -LiteralPath $d", 3)]
    [InlineData("(Join-Path2 'b.pcap') | Start-DnsCapture", 1)]
    [InlineData("[IO.FileInfo](Join-Path2 'a[1].pcap') | Start-DnsCapture", 1)]
    [InlineData("[pscustomobject]@{ FullName = (Join-Path2 'a[1].pcap') } | Start-DnsCapture", 1)]
    [InlineData("[pscustomobject]@{ PSPath = 'Microsoft.PowerShell.Core\\FileSystem::' + (Join-Path2 'b.pcap') } | Start-DnsCapture", 1)]
    [InlineData("[pscustomobject]@{ Path = (Join-Path2 'b.pcap') } | Start-DnsCapture", 1)]
    [InlineData("$null = $ExecutionContext.SessionState.Path.SetLocation($d); Start-DnsCapture b.pcap, ./sub", 2)]
    public void Takes_paths_in_every_way(string script, int files)
    {
        _captures.Copy(Captures.Windows, "a[1].pcap");
        _captures.Copy(Captures.Windows, "b.pcap");
        _captures.Copy(Captures.Windows, "sub/c.dmp");
        var sources = _session.Run(
            "param($d) function Join-Path2($name) { [IO.Path]::Combine($d, $name) }; " + script + " | ForEach-Object Source", ("d", _captures.Temporary));
        Assert.Empty(_session.Errors);
        Assert.Equal(files, sources.Select(s => s.BaseObject).Distinct().Count());
    }

    [Theory]
    [InlineData("nothing.pcap", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Env:PATH", "PathNotFileSystem", ErrorCategory.InvalidArgument)]
    public void A_path_that_leads_nowhere_is_an_error_with_its_id(string path, string id, ErrorCategory category)
    {
        _session.Run("param($p) Start-DnsCapture -Path $p", ("p", path));
        var error = Assert.Single(_session.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal(path, error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_bad_file_is_one_error_that_names_file_offset_and_cause_and_the_rest_goes_on()
    {
        var cut = _captures.Cut(Captures.Dns2tcp, "1-cut.pcap");
        var text = _captures.Write("2-text.pcap", "hello\u001b[31m"u8.ToArray());
        _captures.Copy(Captures.Windows, "3-good.pcap");

        var sources = _session.Run("param($d) Start-DnsCapture $d | ForEach-Object Source", ("d", _captures.Temporary)).Select(s => (string)s.BaseObject).ToList();

        Assert.Equal(1239, sources.Count(s => s == cut));
        Assert.Contains(sources, s => s.EndsWith("3-good.pcap", StringComparison.Ordinal));
        Assert.Equal(["CaptureNotReadable", "CaptureNotReadable"], _session.Errors.Select(e => e.FullyQualifiedErrorId.Split(',')[0]));
        Assert.Equal([cut, text], _session.Errors.Select(e => e.TargetObject));
        Assert.All(_session.Errors, e => Assert.Matches(@"at offset [\d,]+: ", e.Exception.Message));
        Assert.All(_session.Errors, e => Assert.DoesNotContain('\u001b', e.ToString()));
    }

    [Fact]
    public void A_file_without_DNS_is_a_warning()
    {
        _session.Run("param($p) Start-DnsCapture $p -Port 5300", ("p", Captures.Dns2tcp));
        Assert.Contains("No DNS query", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Select_First_stops_the_reading()
    {
        Assert.Single(_session.Run("param($p) Start-DnsCapture $p | ForEach-Object { $_; break }", ("p", Captures.Iodine)));
    }

    [Fact]
    public void Stop_ends_a_long_reading_at_once()
    {
        for (var i = 0; i < 200; i++) _captures.Copy(Captures.Iodine, $"{i}.pcap.gz");
        using var shell = _session.CreatePipeline("param($d) Start-DnsCapture $d | ForEach-Object { }", ("d", _captures.Temporary));
        var running = shell.BeginInvoke();
        Thread.Sleep(300);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        shell.Stop();
        Assert.True(clock.ElapsedMilliseconds < 2000, $"{clock.ElapsedMilliseconds} ms");
        Assert.ThrowsAny<Exception>(() => shell.EndInvoke(running));
        Assert.Equal(PSInvocationState.Stopped, shell.InvocationStateInfo.State);
    }

    [Fact]
    public void Stop_ends_the_waiting_for_a_pipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "named pipes are no files on Windows");
        var pipe = Path.Combine(_captures.Temporary, "pipe");
        System.Diagnostics.Process.Start("mkfifo", pipe).WaitForExit();
        using var shell = _session.CreatePipeline("param($p) Start-DnsCapture $p", ("p", pipe));
        var running = shell.BeginInvoke();
        Thread.Sleep(200);
        Assert.False(running.IsCompleted);
        shell.BeginStop(null, null);
        Assert.True(running.AsyncWaitHandle.WaitOne(TimeSpan.FromSeconds(5)), "still waiting");
    }

    [Fact]
    public void A_link_that_leads_back_up_is_not_followed()
    {
        _captures.Copy(Captures.Windows, "sub/a.pcap");
        Directory.CreateSymbolicLink(Path.Combine(_captures.Temporary, "sub", "up"), _captures.Temporary);
        Assert.Single(_session.Run("param($d) Start-DnsCapture $d | ForEach-Object Source", ("d", _captures.Temporary)).Select(s => s.BaseObject).Distinct());
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        var table = _session.Show("param($p) Start-DnsCapture $p", ("p", Captures.Windows));
        Assert.Matches(@"Timestamp \(UTC\)\s+Client\s+Type\s+Response\s+QueryName", table);
        Assert.All(table.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }

    [Fact]
    public void Verbose_says_what_was_read()
    {
        _session.Run("param($p) $null = Start-DnsCapture $p -Verbose", ("p", Captures.Windows));
        Assert.Contains(_session.Verbose, v => v.Contains("packets", StringComparison.Ordinal) && v.Contains("requests", StringComparison.Ordinal));
    }
}
