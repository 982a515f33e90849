namespace DnsTunnel.PowerShell.Tests;

public sealed class TestDnsTunnelingTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("Test-DnsTunneling -Path $p")]
    [InlineData("Test-DnsTunneling $p")]
    [InlineData("Test-DnsTunneling -LiteralPath $p")]
    [InlineData("Start-DnsCapture -Path $p | Test-DnsTunneling")]
    [InlineData("[IO.DirectoryInfo]$p | Test-DnsTunneling")]
    [InlineData("[IO.DirectoryInfo]::new($p).GetFiles() | Test-DnsTunneling")]
    [InlineData("$p | Test-DnsTunneling")]
    [InlineData("Get-DnsDomainVolume -Path $p -ByClient | Test-DnsTunneling")]
    public void Every_way_in_gives_the_same_findings(string command)
    {
        var findings = _session.Run("param($p) " + command + " | ForEach-Object { '{0} {1} {2} {3} {4}' -f $_.Domain, $_.Client, $_.Score, $_.BytesOut, $_.BytesIn }", ("p", Captures.Folder));
        Assert.Empty(_session.Errors);
        Assert.Equal(
            _session.Run("param($p) Test-DnsTunneling $p | ForEach-Object { '{0} {1} {2} {3} {4}' -f $_.Domain, $_.Client, $_.Score, $_.BytesOut, $_.BytesIn }", ("p", Captures.Folder)).Select(f => f.ToString()),
            findings.Select(f => f.ToString()));
        Assert.Equal(["tunnel.example 10.71.1.2", "tunnel.test 10.99.0.1"], findings.Select(f => string.Join(' ', f.ToString().Split(' ')[..2])).Order());
    }

    [Theory]
    [InlineData("Test-DnsTunneling -Path $p -Quiet", true)]
    [InlineData("Test-DnsTunneling -Path \"$p/windows-office.pcap\" -Quiet", false)]
    [InlineData("Test-DnsTunneling -Path \"$p/windows-office.pcap\" -Quiet -All", false)]
    public void Quiet_is_a_bool(string command, bool expected) =>
        Assert.Equal(expected, Assert.Single(_session.Run("param($p) " + command, ("p", Captures.Folder))).BaseObject);

    [Fact]
    public void All_emits_every_scored_domain_and_MaxFindings_bounds_it()
    {
        var all = _session.Run("param($p) Test-DnsTunneling $p -All", ("p", Captures.Folder));
        Assert.True(all.Count > 20);
        Assert.Equal(2, all.Count(f => (bool)f.Properties["IsTunnel"].Value));

        Assert.Equal(5, _session.Run("param($p) Test-DnsTunneling $p -All -MaxFindings 5", ("p", Captures.Folder)).Count);
        Assert.Contains($"{all.Count - 5} more findings", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Threshold_moves_the_verdict()
    {
        Assert.Empty(_session.Run("param($p) Test-DnsTunneling $p -Threshold 100 | Where-Object { $_.Score -lt 100 }", ("p", Captures.Folder)));
        Assert.True(_session.Run("param($p) Test-DnsTunneling $p -Threshold 0", ("p", Captures.Folder)).Count > 20);
        Assert.Empty(_session.Run("param($p) Test-DnsTunneling $p -Threshold 101", ("p", Captures.Folder)));
        Assert.Single(_session.Errors);
    }

    [Fact]
    public void Volumes_that_were_counted_apart_are_one_finding()
    {
        var finding = Assert.Single(_session.Run(
            "param($p) $v = Get-DnsDomainVolume $p -ByClient; $v, $v | ForEach-Object { $_ } | Test-DnsTunneling", ("p", Captures.Dns2tcp)));
        Assert.Equal(2 * 1240L, finding.Properties["QueryCount"].Value);
    }

    [Fact]
    public void A_finding_has_what_the_rule_has()
    {
        var finding = _session.Run("param($p) Test-DnsTunneling $p", ("p", Captures.Iodine)).Single();
        Assert.Equal("T1572", finding.Properties["Technique"].Value);
        Assert.Equal("TA0011", finding.Properties["Tactic"].Value);
        Assert.Equal("DNS Tunneling", finding.Properties["RuleName"].Value);
        Assert.InRange((int)finding.Properties["RiskScore"].Value, 21, 100);
        Assert.NotEmpty((string[])finding.Properties["Reasons"].Value);
        Assert.Equal(["10.99.0.1"], (string[])finding.Properties["Clients"].Value);
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        var table = _session.Show("param($p) Test-DnsTunneling $p", ("p", Captures.Folder));
        Assert.Matches(@"Score\s+Severity\s+Domain\s+Client\s+BytesOut\s+BytesIn\s+Queries\s+Names", table);
        Assert.All(table.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }
}
