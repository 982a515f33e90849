using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Every cmdlet that reads sources has -StatisticsVariable, and tells the same of each kind of source.</summary>
public sealed class StatisticsVariableTests : IDisposable
{
    private readonly Captures _captures = new();
    private readonly ModuleSession _session = new();

    public void Dispose()
    {
        _captures.Dispose();
        _session.Dispose();
    }

    [Theory]
    [InlineData("Start-DnsCapture")]
    [InlineData("Get-DnsDomainVolume")]
    [InlineData("Test-DnsTunneling")]
    public void Captures_count_what_they_emit(string command)
    {
        _session.Run($"param($p) {command} -Path $p -StatisticsVariable s", ("p", new[] { Captures.Dns2tcp, Captures.Windows }));
        Assert.Equal(["CaptureStatistics", "CaptureStatistics"], Statistics().Select(s => s.BaseObject.GetType().Name));
        Assert.Equal<(string?, long)>([(Captures.Dns2tcp, 1240), (Captures.Windows, 158)], Statistics().Select(Facts));
        Assert.All(Statistics(), s => Assert.True((DateTime)s.Properties["FirstSeen"].Value < (DateTime)s.Properties["LastSeen"].Value));
    }

    [Theory]
    [InlineData("Import-DnsLog", 1)]
    [InlineData("Get-DnsDomainVolume", 1)]
    [InlineData("Test-DnsTunneling", 1)]
    [InlineData("Start-DnsCapture", 0)]
    public void Logs_count_and_warn_by_the_same_names(string command, int count)
    {
        var path = _captures.Write("dns.log", [.. "24-Nov-2026 10:28:47.525 client 192.0.2.1#5 (n): query: a.example IN A + (192.0.2.53)\n24-Nov-2026 10:28:47.525 client 192.0.2.1#5 (n): query: a\n"u8]);
        _session.Run($"param($p) {command} -Path $p -StatisticsVariable s", ("p", path));
        var written = _session.Warnings.ToArray();
        Assert.Equal(Enumerable.Repeat<(string?, long)>((path, 1), count), Statistics().Select(Facts));
        if (count == 0) return;
        var warnings = (IReadOnlyList<string>)Statistics()[0].Properties["Warnings"].Value;
        Assert.Equal($"'{path}': {Assert.Single(warnings)}", Assert.Single(written));
        Assert.Contains("1 lines could not be read", warnings[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Import-DnsLog")]
    [InlineData("Get-DnsDomainVolume")]
    [InlineData("Test-DnsTunneling")]
    public void Objects_and_files_of_the_pipeline_count_too(string command)
    {
        _session.Run($"param($p) & {{ [pscustomobject]@{{ QueryName = 'a.example'; Time = 1700000000 }}; [IO.FileInfo]::new($p); [pscustomobject]@{{ QueryName = 'b.example' }} }} | {command} -StatisticsVariable s",
            ("p", _captures.Write("dns.log", [.. "Nov 24 10:28:47 dnsmasq[9]: query[A] www.example.org from 192.0.2.1\n"u8])));
        Assert.Contains("1 queries came without a time", Assert.Single(_session.Warnings), StringComparison.Ordinal);
        Assert.Equal<(string?, long)>([(null, 2), (Path.Combine(_captures.Temporary, "dns.log"), 1)], Statistics().Select(Facts));
        Assert.Equal(["ObjectStatistics", "LogStatistics"], Statistics().Select(s => s.BaseObject.GetType().Name));
    }

    [Fact]
    public void A_source_that_is_nearly_empty_is_news()
    {
        var noise = string.Concat(Enumerable.Repeat("Nov 24 10:28:47 host cron[9]: nothing\n", 1000));
        _session.Run("param($p) Import-DnsLog $p -StatisticsVariable s", ("p", _captures.Write("dns.log", System.Text.Encoding.ASCII.GetBytes("Nov 24 10:28:47 dnsmasq[9]: query[A] www.example.org from 192.0.2.1\n" + noise))));
        Assert.Contains("Only 1 DNS queries in 1,001 lines", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_left_early_has_what_was_read_of_it()
    {
        _session.Run("param($p) foreach ($i in 1) { Start-DnsCapture $p -StatisticsVariable s | ForEach-Object { break } }", ("p", Captures.Dns2tcp));
        Assert.InRange(Facts(Assert.Single(Statistics())).Queries, 1, 100);
    }

    private List<PSObject> Statistics() => _session.Run("$s");

    private static (string? Source, long Queries) Facts(PSObject statistics) => ((string?)statistics.Properties["Source"].Value, (long)statistics.Properties["Queries"].Value);
}
