namespace DnsTunnel.PowerShell.Tests;

public sealed class GetDnsDomainVolumeTests : IDisposable
{
    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("-ByClient")]
    [InlineData("-Window 00:02:00")]
    [InlineData("-Top 3")]
    public void Files_and_objects_give_equal_volumes(string arguments)
    {
        var fromFiles = Volumes($"Get-DnsDomainVolume -Path $p {arguments}");
        var fromObjects = Volumes($"Start-DnsCapture -Path $p | Get-DnsDomainVolume {arguments}");
        Assert.NotEmpty(fromFiles);
        Assert.Equal(fromFiles, fromObjects);
    }

    [Fact]
    public void Top_is_for_each_window()
    {
        var windows = Volumes("Get-DnsDomainVolume -Path $p -Top 2 -Window 00:01:00").GroupBy(v => v.Split('|')[0]).ToList();
        Assert.True(windows.Count > 1);
        Assert.All(windows, w => Assert.InRange(w.Count(), 1, 2));
    }

    [Fact]
    public void Client_is_there_only_when_asked_for()
    {
        Assert.All(Volumes("Get-DnsDomainVolume -Path $p"), v => Assert.Empty(v.Split('|')[2]));
        Assert.Contains(Volumes("Get-DnsDomainVolume -Path $p -ByClient"), v => v.Split('|')[2] == "10.71.1.2");
    }

    [Theory]
    [InlineData("15")]
    [InlineData("00:00:00")]
    [InlineData("-00:15:00")]
    public void A_window_of_no_use_is_refused_with_the_remedy(string window)
    {
        Assert.Empty(_session.Run($"param($p) Get-DnsDomainVolume -Path $p -Window {window}", ("p", Captures.Dns2tcp)));
        Assert.Contains("00:15:00", Assert.Single(_session.Errors).Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Input_of_no_use_is_an_error_and_the_rest_goes_on()
    {
        var volumes = _session.Run("param($p) 42, [DnsTunnel.DnsQuery]@{ QueryName = 'a..b' }, [IO.FileInfo]$p | Get-DnsDomainVolume", ("p", Captures.Dns2tcp));
        Assert.NotEmpty(volumes);
        Assert.Equal(2, _session.Errors.Count);
        Assert.All(_session.Errors, e => Assert.StartsWith("InputNotUsable,", e.FullyQualifiedErrorId, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PSPath")]
    [InlineData("FullName")]
    public void An_object_can_name_a_file_by_a_wrapped_path(string property) => Assert.NotEmpty(_session.Run(
        $"param($p) [pscustomobject]@{{ {property} = [psobject]::AsPSObject($p) }} | Get-DnsDomainVolume", ("p", Captures.Dns2tcp)));

    [Fact]
    public void An_empty_path_is_not_the_current_folder()
    {
        Assert.Empty(_session.Run("'' | Get-DnsDomainVolume"));
        Assert.StartsWith("InputNotUsable,", Assert.Single(_session.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_fits_100_columns()
    {
        var table = _session.Show("param($p) Get-DnsDomainVolume $p -ByClient", ("p", Captures.Folder));
        Assert.Matches(@"Window \(UTC\)\s+Domain\s+Client\s+Queries\s+Names\s+Info/B\s+Clients", table);
        Assert.All(table.Split('\n'), line => Assert.True(line.TrimEnd().Length <= 100, line));
    }

    private List<string> Volumes(string command) => [.. _session
        .Run("param($p) " + command + """ | ForEach-Object { '{0:o}|{1}|{2}|{3}|{4}|{5}|{6}|{7}|{8}|{9}|{10}|{11}' -f $_.WindowStart, $_.Domain, $_.Client, $_.QueryCount, $_.UniqueNames, $_.UniqueNameBytes, $_.InformationBytes, $_.ClientCount, $_.NxDomainCount, $_.QueryBytes, $_.ResponseBytes, ($_.QueryTypes.Keys -join ',') }""", ("p", Captures.Folder))
        .Select(v => (string)v.BaseObject)];
}
