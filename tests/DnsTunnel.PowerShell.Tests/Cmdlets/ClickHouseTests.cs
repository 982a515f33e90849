using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

public sealed class ClickHouseTests : IDisposable
{
    private const string Login = "$ErrorActionPreference = 'Stop'; $c = [pscredential]::new('sensor', ([System.Net.NetworkCredential]::new('', $password).SecurePassword)); ";

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void What_is_stored_counts_and_is_found_as_what_is_in_files()
    {
        using var server = new ClickHouseServer();
        Assert.Empty(Run(server, "Export-DnsQuery -ClickHouse $uri -Credential $c -CreateSchema"));
        Assert.Empty(Run(server, "Start-DnsCapture -Path $folder | Export-DnsQuery -ClickHouse $uri -Credential $c"));
        Assert.Equal(Shown(server, "Get-DnsDomainVolume -Path $folder -ByClient"), Shown(server, "Get-DnsDomainVolume -ClickHouse $uri -Credential $c -ByClient"));
        Assert.Equal(Shown(server, "Get-DnsDomainVolume -Path $folder -Top 2"), Shown(server, "Get-DnsDomainVolume -ClickHouse $uri -Credential $c -Top 2"));
        Assert.Equal(Shown(server, "Test-DnsTunneling -Path $folder"), Shown(server, "Test-DnsTunneling -ClickHouse $uri -Credential $c"));
        Assert.Equal(true, Assert.Single(Run(server, "Test-DnsTunneling -ClickHouse $uri -Credential $c -Quiet -Since 2026-11-24T09:00 -Until 2026-11-24T10:00")).BaseObject);
        Assert.Empty(Run(server, "Test-DnsTunneling -ClickHouse $uri -Credential $c -Until 2020-01-01"));
    }

    [Fact]
    public void Evidence_and_days_of_what_is_stored_are_those_of_what_is_in_files()
    {
        using var server = new ClickHouseServer();
        using var captures = new Captures();
        Run(server, "Start-DnsCapture -Path $folder | Export-DnsQuery -ClickHouse $uri -Credential $c -CreateSchema");
        var history = Path.Combine(captures.Temporary, "history.db");
        Run(server, $"$null = Test-DnsTunneling -Path $folder -UpdateHistory -HistoryPath '{history}'");
        foreach (var property in (string[])["Domain", "Zone", "Tool", "QueryCount", "Timeline", "Talkers", "Samples", "Payload", "QueryTypes", "Answers", "AnswerAddresses", "Relations", "Exceptions"])
        {
            Assert.Equal(
                Shown(server, $"Test-DnsTunneling -Path $folder | Get-DnsTunnelEvidence -Path $folder -HistoryPath '{history}' | ForEach-Object {{ , $_.{property} }}"),
                Shown(server, $"Test-DnsTunneling -ClickHouse $uri -Credential $c | Get-DnsTunnelEvidence -ClickHouse $uri -Credential $c -HistoryPath '{history}' | ForEach-Object {{ , $_.{property} }}"));
        }

        // Of other captures the history has no days: they are years older.
        const string Days = " | ForEach-Object { [pscustomobject] @{ Domain = $_.Domain; Days = \"$($_.Days)\"; Findings = \"$($_.Findings)\"; FirstSeen = $_.FirstSeen.ToString('s') } } | ForEach-Object { \"$_\" }";
        Assert.Equal(Shown(server, $"Get-DnsDomainHistory tunnel.* -HistoryPath '{history}'{Days}"), Shown(server, $"Get-DnsDomainHistory tunnel.* -HistoryPath '{history}' -ClickHouse $uri -Credential $c{Days}"));
        Assert.Equal(server.Uri + "?table=dns_query", Run(server, "(Get-DnsDomainHistory example.com, * -ErrorAction Ignore -ClickHouse $uri -Credential $c)[0].HistoryPath").Single().ToString());
    }

    [Fact]
    public void WhatIf_creates_and_stores_nothing()
    {
        using var server = new ClickHouseServer();
        Assert.Empty(Run(server, "Start-DnsCapture -Path $folder | Export-DnsQuery -ClickHouse $uri -Credential $c -CreateSchema -WhatIf"));
        Assert.Equal("TableNotFound", Error(server, "Get-DnsDomainVolume -ClickHouse $uri -Credential $c"));
    }

    [Theory]
    [InlineData("Get-DnsDomainVolume")]
    [InlineData("Test-DnsTunneling")]
    [InlineData("Export-DnsQuery")]
    [InlineData("Get-DnsDomainHistory")]
    [InlineData("[pscustomobject] @{ Domain = 'example.com'; Score = 90; IsTunnel = $true } | Get-DnsTunnelEvidence")]
    public void Errors_are_one_and_hold_no_secret(string command)
    {
        using var server = new ClickHouseServer();
        Assert.Equal("TableNotFound", Error(server, $"{command} -ClickHouse $uri -Credential $c"));
        Assert.Equal("AccessDenied", Error(server, $"{command} -ClickHouse $uri"));
        Assert.Equal("AccessDenied", Error(server, $"$w = [pscredential]::new('other', $c.Password); {command} -ClickHouse $uri -Credential $w"));
        Assert.Equal("ServerNotReachable", Error(server, $"{command} -ClickHouse http://127.0.0.1:1/dns -Credential $c"));
        Assert.Equal("SecretNotEncrypted", Error(server, $"{command} -ClickHouse http://192.0.2.1:8123/dns -Credential $c"));
        Assert.Equal("AddressNotValid", Error(server, $"{command} -ClickHouse http://sensor:$($password)@127.0.0.1/dns"));
    }

    private List<PSObject> Run(ClickHouseServer server, string script)
    {
        var output = _session.Run("param($uri, $password, $folder) " + Login + script, ("uri", server.Uri), ("password", ClickHouseServer.Password), ("folder", Captures.Folder));
        Assert.Empty(_session.Errors);
        return output;
    }

    /// <summary>All that JSON has of the output.</summary>
    private string Shown(ClickHouseServer server, string script)
    {
        var output = Run(server, script);
        Assert.NotEmpty(output);
        return string.Join('\n', output.Select(o => System.Text.Json.JsonSerializer.Serialize(o.BaseObject, o.BaseObject.GetType())));
    }

    private string Error(ClickHouseServer server, string script)
    {
        var error = _session.RunToError("param($uri, $password) " + Login + script, ("uri", server.Uri), ("password", ClickHouseServer.Password));
        Assert.DoesNotContain(ClickHouseServer.Password, $"{error} {error.Exception} {error.TargetObject} {error.ErrorDetails?.RecommendedAction}", StringComparison.Ordinal);
        return error.FullyQualifiedErrorId.Split(',')[0];
    }
}
