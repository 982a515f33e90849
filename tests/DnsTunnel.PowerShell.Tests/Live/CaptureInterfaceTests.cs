namespace DnsTunnel.PowerShell.Tests;

/// <summary>Get-DnsCaptureInterface, and what -Interface takes and completes.</summary>
public sealed class CaptureInterfaceTests : IDisposable
{
    private readonly ModuleSession _session;

    public CaptureInterfaceTests()
    {
        LiveRequirements.Capture();
        _session = new ModuleSession();
    }

    public void Dispose() => _session?.Dispose();

    [Fact]
    public void The_loopback_interface_is_described()
    {
        var loopback = Assert.Single(_session.Run("Get-DnsCaptureInterface -Name lo"));
        Assert.Equal("DnsTunnel.DnsCaptureInterface", loopback.TypeNames[0]);
        Assert.Equal("lo", loopback.Properties["Name"].Value);
        Assert.Contains("127.0.0.1", (string[])loopback.Properties["Addresses"].Value);
        Assert.Equal("Up", loopback.Properties["State"].Value.ToString());
        Assert.Equal(true, loopback.Properties["IsLoopback"].Value);
        Assert.Null(loopback.Properties["MacAddress"].Value);
    }

    [Fact]
    public void All_are_those_of_the_kernel_and_the_one_for_all_of_them()
    {
        var names = _session.Run("Get-DnsCaptureInterface").Select(i => (string)i.Properties["Name"].Value);
        var kernel = Directory.GetDirectories("/sys/class/net").Select(d => Path.GetFileName(d)).Append("any");
        Assert.Equal(kernel.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Get-DnsCaptureInterface l*", 1, 0)]
    [InlineData("Get-DnsCaptureInterface lo, LO", 1, 0)]
    [InlineData("Get-DnsCaptureInterface 'Pseudo-device*'", 1, 0)]
    [InlineData("Get-DnsCaptureInterface nothing*", 0, 0)]
    [InlineData("Get-DnsCaptureInterface nothing, lo", 1, 1)]
    public void Names_select(string script, int count, int errors)
    {
        Assert.Equal(count, _session.Run(script).Count);
        Assert.Equal(errors, _session.Errors.Count);
        Assert.All(_session.Errors, e => Assert.StartsWith("CaptureInterfaceNotFound,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-DnsCaptureInterface lo | Start-DnsCapture -Duration 0:0:0.2")]
    [InlineData("[pscustomobject]@{ InterfaceAlias = 'lo' } | Start-DnsCapture -Duration 0:0:0.2")]
    [InlineData("Start-DnsCapture -Interface LO -Duration 0:0:0.2")]
    public void An_interface_is_taken_from(string script)
    {
        Assert.Empty(_session.Run(script + " -Port 9"));
        Assert.Empty(_session.Errors);
        Assert.Contains("'lo': No DNS query in it", Assert.Single(_session.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start-DnsCapture -Interface lo", "lo", "127.0.0.1")]
    [InlineData("Start-DnsCapture -Interface pseudo", "any", "Pseudo-device that captures on all interfaces")]
    [InlineData("Get-DnsCaptureInterface -Name 'lo", "lo", "Up")]
    public void Interfaces_complete_by_name_and_description(string line, string text, string toolTip)
    {
        var match = Assert.Single(_session.Complete(line), m => m.CompletionText == text);
        Assert.Contains(toolTip, match.ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        var table = _session.Show("Get-DnsCaptureInterface");
        Assert.Matches(@"Name\s+State\s+Addresses\s+Description", table);
        Assert.All(table.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }
}
