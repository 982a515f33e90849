namespace DnsTunnel.PowerShell.Tests;

/// <summary>What may be acted on, and what must not be.</summary>
public sealed class ResponseInputTests : IDisposable
{
    private readonly ModuleSession _session = new();
    private readonly Captures _captures = new();

    public void Dispose()
    {
        _session.Dispose();
        _captures.Dispose();
    }

    [Theory]
    [InlineData("Get-DnsDomainVolume $p -Top 1")]
    [InlineData("[DnsTunnel.DnsQuery]@{ QueryName = 'innocent.example' }")]
    [InlineData("[pscustomobject]@{ Domain = 'innocent.example' }")]
    [InlineData("[Diagnostics.Process]::GetCurrentProcess()")]
    [InlineData("42")]
    public void What_is_no_finding_is_an_error_and_nothing_is_blocked(string input)
    {
        Assert.Empty(Block($"$item = $({input}); @($item)[0]"));
        Assert.StartsWith("InputNotUsable,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.False(File.Exists(ZoneFile));
    }

    [Fact]
    public void Domains_that_are_no_tunnel_are_left_alone_saved_or_not()
    {
        Assert.Empty(Block("Test-DnsTunneling \"$p/windows-office.pcap\" -All"));
        Assert.Empty(Block("[pscustomobject]@{ Domain = 'innocent.example'; IsTunnel = $false; Score = 3.0 }"));
        Assert.Empty(_session.Errors);
        Assert.False(File.Exists(ZoneFile));
    }

    [Fact]
    public void A_saved_finding_keeps_what_the_journal_needs()
    {
        var response = Assert.Single(Block("[pscustomobject]@{ Domain = 'evil.example'; IsTunnel = $true; Score = 97.5; Reasons = 'a', 'b'; Client = '192.0.2.1'; Clients = @('192.0.2.1', '192.0.2.2') }"));
        Assert.Equal("evil.example", response.Properties["Target"].Value);
        Assert.Equal(97.5, response.Properties["Score"].Value);
        Assert.Equal(["a", "b"], (string[])response.Properties["Reasons"].Value);
        Assert.Equal(["192.0.2.1", "192.0.2.2"], (string[])response.Properties["Clients"].Value);
    }

    [Fact]
    public void A_name_by_pipeline_is_a_domain() => Assert.Equal("evil.example", Assert.Single(Block("'evil.example'")).Properties["Target"].Value);

    private string ZoneFile => Path.Combine(_captures.Temporary, "zone");

    private List<System.Management.Automation.PSObject> Block(string input) => _session.Run(
        $"param($p, $z) {input} | Invoke-DnsTunnelResponse -Action BlockDomain -ZoneFile $z -JournalPath \"$z.journal\" -Confirm:$false",
        ("p", Captures.Folder),
        ("z", ZoneFile));
}
