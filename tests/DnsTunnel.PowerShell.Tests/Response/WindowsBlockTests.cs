using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>
/// What would run on a Windows DNS Server and on a Windows client, on the real engine, against functions that have the names and
/// parameters of its cmdlets and record how they are called. No Windows took part.
/// </summary>
public sealed class WindowsBlockTests : IDisposable
{
    private const string Functions =
        """
        $calls = [Collections.ArrayList]::new(); $state = @{ Policies = @(); Zones = @(); Records = @(); Rules = @(); Fail = '' }
        function Note($name, $bound) { [void]$calls.Add([pscustomobject]@{ Name = $name; Bound = $bound }); if ($state.Fail -eq $name) { throw "$name fails" } }
        function Add-DnsServerQueryResolutionPolicy {
            [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Position = 1)] [ValidateSet('ALLOW', 'DENY', 'IGNORE')] [string] $Action,
                [Parameter(Position = 2)] [ValidateSet('AND', 'OR')] [string] $Condition, [switch] $PassThru, [string] $ComputerName, [string] $Fqdn, [string] $ClientSubnet, [switch] $ApplyOnRecursion,
                [uint32] $ProcessingOrder, [string] $QType, [switch] $Disable)
            Note Add-DnsServerQueryResolutionPolicy $PSBoundParameters
            $state.Policies += [pscustomobject]@{ Name = $Name; Action = 'Deny'; IsEnabled = $true; Fqdn = $Fqdn } }
        function Get-DnsServerQueryResolutionPolicy { [CmdletBinding()] param([string] $Name, [string] $ComputerName, [string] $ZoneName) $state.Policies }
        function Remove-DnsServerQueryResolutionPolicy {
            [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Name, [string] $ComputerName, [string] $ZoneName, [switch] $Force, [switch] $PassThru)
            if (-not $Force) { throw 'would ask' }
            $state.Policies = @($state.Policies | Where-Object Name -NE $Name) }
        function Get-DnsServerZone { [CmdletBinding()] param([string[]] $Name, [string] $ComputerName) $state.Zones }
        function Add-DnsServerPrimaryZone {
            [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Name, [string] $ZoneFile, [ValidateSet('None', 'Secure', 'NonsecureAndSecure')] [string] $DynamicUpdate, [string] $ComputerName)
            Note Add-DnsServerPrimaryZone $PSBoundParameters
            $state.Zones += [pscustomobject]@{ ZoneName = $Name; ZoneFile = $ZoneFile } }
        function Add-DnsServerResourceRecord {
            [CmdletBinding(SupportsShouldProcess)] param([string] $ZoneName, [string] $Name, [Parameter(ParameterSetName = 'A')] [switch] $A, [Parameter(ParameterSetName = 'A')] [ipaddress[]] $IPv4Address,
                [Parameter(ParameterSetName = 'AAAA')] [switch] $AAAA, [Parameter(ParameterSetName = 'AAAA')] [ipaddress[]] $IPv6Address)
            Note Add-DnsServerResourceRecord $PSBoundParameters
            $state.Records += $Name }
        function Get-DnsServerResourceRecord { [CmdletBinding()] param([string] $ZoneName, [string] $RRType, [string] $Name) $state.Records }
        function Remove-DnsServerZone {
            [CmdletBinding(SupportsShouldProcess)] param([Parameter(Mandatory)] [string] $Name, [string] $ComputerName, [switch] $Force, [switch] $PassThru)
            if (-not $Force) { throw 'would ask' }
            $state.Zones = @($state.Zones | Where-Object ZoneName -NE $Name) }
        function Add-DnsClientNrptRule {
            [CmdletBinding(SupportsShouldProcess)] param([string] $GpoName, [Parameter(Mandatory)] [string[]] $Namespace, [string[]] $NameServers, [string] $DisplayName, [string] $Comment, [string] $Server, [switch] $PassThru)
            Note Add-DnsClientNrptRule $PSBoundParameters
            $state.Rules += [pscustomobject]@{ Name = "{$([guid]::NewGuid())}"; Namespace = $Namespace; NameServers = $NameServers; DisplayName = $DisplayName } }
        function Get-DnsClientNrptRule { [CmdletBinding()] param([string] $GpoName, [string] $Name, [string] $Server) $state.Rules }
        function Remove-DnsClientNrptRule {
            [CmdletBinding(SupportsShouldProcess)] param([string] $GpoName, [Parameter(Mandatory)] [string] $Name, [string] $Server, [switch] $PassThru, [switch] $Force)
            if (-not $Force) { throw 'would ask' }
            $state.Rules = @($state.Rules | Where-Object Name -NE $Name) }
        function Clear-DnsClientCache { [CmdletBinding()] param() Note Clear-DnsClientCache $PSBoundParameters }
        $state.Policies = @([pscustomobject]@{ Name = 'theirs' }); $state.Zones = @([pscustomobject]@{ ZoneName = 'corp.example'; ZoneFile = $null })
        $state.Rules = @([pscustomobject]@{ Name = '{1}'; DisplayName = 'theirs' })

        """;

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void A_policy_denies_the_domain_and_all_below_it()
    {
        var script = Script("-Provider WindowsDnsServer");
        var policy = Assert.Single(Run(Body(script), "Add-DnsServerQueryResolutionPolicy"));
        Assert.Equal(("DENY", "EQ,blocked.example,*.blocked.example"), ((string)policy["Action"]!, (string)policy["Fqdn"]!));
        Assert.Matches("^DnsTunnel-[0-9a-f]{8}$", (string)policy["Name"]!);
        Assert.Equal("theirs", Text($"{Body(script)}\n{Undo(script)}\n$state.Policies.Name"));
    }

    [Theory]
    [InlineData("192.0.2.9", "IPv4Address")]
    [InlineData("2001:db8::9", "IPv6Address")]
    public void A_sinkhole_is_a_zone_known_by_its_file(string address, string parameter)
    {
        var script = Script($"-Provider WindowsDnsServer -Sinkhole {address}");
        var zone = Assert.Single(Run(Body(script), "Add-DnsServerPrimaryZone"));
        Assert.Equal("blocked.example", zone["Name"]);
        Assert.Matches("^dnstunnel-[0-9a-f]{8}[.]dns$", (string)zone["ZoneFile"]!);
        var records = Run(Body(script), "Add-DnsServerResourceRecord");
        Assert.Equal(["@", "*"], records.Select(record => (string)record["Name"]!));
        Assert.All(records, record => Assert.Equal(address, $"{((IEnumerable)record[parameter]!).Cast<object>().Single()}"));
        Assert.Equal("corp.example", Text($"{Body(script)}\n{Undo(script)}\n$state.Zones.ZoneName"));
    }

    [Fact]
    public void A_zone_that_others_made_is_not_touched()
    {
        var script = Script("-Provider WindowsDnsServer -Sinkhole 192.0.2.9");
        const string theirs = "$state.Zones = @([pscustomobject]@{ ZoneName = 'blocked.example'; ZoneFile = 'blocked.example.dns' })\n";
        Assert.Contains("has a zone of that name already", _session.RunToError($"{Functions}\n{theirs}{Body(script)}").Exception.Message);
        Assert.Equal("blocked.example", Text($"{theirs}{Undo(script)}\n$state.Zones.ZoneName"));
    }

    [Fact]
    public void A_zone_without_its_records_is_none()
    {
        var script = Script("-Provider WindowsDnsServer -Sinkhole 192.0.2.9");
        Assert.Equal("corp.example", Text($"$state.Fail = 'Add-DnsServerResourceRecord'\ntry {{ {Body(script)} }} catch {{ }}\n$state.Zones.ZoneName"));
    }

    [Theory]
    [InlineData("", "127.0.0.1")]
    [InlineData("-Sinkhole 192.0.2.53", "192.0.2.53")]
    public void A_rule_of_the_client_sends_the_names_elsewhere(string arguments, string server)
    {
        var script = Script($"-Provider Nrpt {arguments}");
        var rule = Assert.Single(Run(Body(script), "Add-DnsClientNrptRule"));
        Assert.Equal(["blocked.example", ".blocked.example"], (string[])rule["Namespace"]!);
        Assert.Equal([server], (string[])rule["NameServers"]!);
        Assert.Single(Run(Body(script), "Clear-DnsClientCache"));
        Assert.Equal("theirs", Text($"{Body(script)}\n{Undo(script)}\n$state.Rules.DisplayName"));
    }

    [Theory]
    [InlineData("-Provider WindowsDnsServer", "Deny, enabled: True")]
    [InlineData("-Provider WindowsDnsServer -Sinkhole 192.0.2.9", "2 addresses")]
    [InlineData("-Provider Nrpt", "1 rules for blocked.example, .blocked.example to 127.0.0.1")]
    public void Over_remoting_a_block_is_made_looked_at_and_taken_back(string arguments, string left)
    {
        var journal = Path.Combine(Directory.CreateTempSubdirectory("dnstunnel").FullName, "responses.jsonl");
        try
        {
            // Remoting that stays in this session: the scripts run among the functions.
            var remoting = Functions +
                """

                function Invoke-Command { [CmdletBinding()] param($ComputerName, [scriptblock] $ScriptBlock, [object[]] $ArgumentList)
                    if ($ArgumentList[0] -eq 'Platform') { return [pscustomobject]@{ ExitCode = 0; Output = 'Windows'; Error = '' } }
                    try { [pscustomobject]@{ ExitCode = 0; Output = (. ([scriptblock]::Create($ArgumentList[1])) | ForEach-Object { "$_" }) -join "`n"; Error = '' } }
                    catch { [pscustomobject]@{ ExitCode = 1; Output = ''; Error = "$_" } } }

                """;
            var output = _session.Run(
                $"param($j) {remoting} $block = {{ Invoke-DnsTunnelResponse -Action BlockDomain blocked.example {arguments} -ComputerName other -JournalPath $j -Confirm:$false }}\n" +
                "& $block | ForEach-Object Status; & $block 3> $null | ForEach-Object Status; Get-DnsTunnelResponse -JournalPath $j | Undo-DnsTunnelResponse -Confirm:$false | ForEach-Object { \"$($_.Status)$($_.Note)\" }\n" +
                "\"$($state.Policies.Name) $($state.Zones.ZoneName) $($state.Rules.DisplayName)\"", ("j", journal));
            Assert.Equal(["Applied", "Applied", "Undone", "theirs corp.example theirs"], output.Select(item => $"{item}"));
            Assert.Contains(left, File.ReadAllText(journal));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(journal)!, recursive: true);
        }
    }

    private string Script(string arguments)
    {
        var script = (string)Assert.Single(_session.Run($"Invoke-DnsTunnelResponse -Action BlockDomain blocked.example {arguments} -AsScript -Platform Windows")).BaseObject;
        Parser.ParseInput(script, out _, out var errors);
        Assert.Empty(errors);
        return script;
    }

    /// <summary>Runs a script among the functions and returns how one of them was called; nothing else may come out.</summary>
    private Hashtable[] Run(string script, string name)
    {
        var output = _session.Run($"{Functions}\n$null = & {{\n{script}\n}}\n, $calls");
        Assert.Empty(_session.Errors);
        var calls = (ArrayList)Assert.Single(output).BaseObject;
        return [.. calls.Cast<PSObject>().Where(call => (string)call.Properties["Name"].Value == name)
            .Select(call => new Hashtable((IDictionary)call.Properties["Bound"].Value, StringComparer.OrdinalIgnoreCase))];
    }

    private string Text(string script) => string.Join(' ', _session.Run($"{Functions}\n{script}"));

    // Requires is for Windows and administrators.
    private static string Body(string script) => string.Join('\n', script.Split('\n').Where(line => !line.StartsWith("#Requires", StringComparison.Ordinal)));

    private static string Undo(string script) =>
        string.Join('\n', script.Split('\n').SkipWhile(line => line != "# To take it back:").Skip(1).Select(line => line.TrimStart('#')));
}
