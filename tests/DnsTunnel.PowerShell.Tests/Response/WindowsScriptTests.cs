using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>
/// What would run on Windows, on the real engine, against functions that have the names and parameters of its cmdlets and record how
/// they are called. No Windows took part.
/// </summary>
public sealed class WindowsScriptTests : IDisposable
{
    private const string Functions =
        """
        $calls = [Collections.ArrayList]::new()
        $script:rules = 0; $script:enabled = $true; $script:off = $false; $script:failAt = 99; $script:users = @('eve'); $script:directory = $false
        function Note($name, $bound) { [void]$calls.Add([pscustomobject]@{ Name = $name; Bound = $bound }) }
        function Get-NetFirewallProfile { [CmdletBinding()] param() [pscustomobject]@{ Name = 'Public'; Enabled = -not $script:off } }
        function New-NetFirewallRule {
            [CmdletBinding()] param([string] $DisplayName, [string] $Group, [ValidateSet('Allow', 'Block')] [string] $Action, [ValidateSet('True', 'False')] [string] $Enabled,
                [ValidateSet('Any', 'Domain', 'Private', 'Public')] [string[]] $Profile, [ValidateSet('Inbound', 'Outbound')] [string] $Direction, [string] $Protocol,
                [string[]] $RemoteAddress, [string[]] $LocalPort, [string[]] $RemotePort, [string[]] $IcmpType)
            if ($script:rules + 1 -ge $script:failAt) { throw 'no more rules' }
            $script:rules++
            Note New-NetFirewallRule $PSBoundParameters
            'a rule that nobody wants to see'
        }
        function Get-NetFirewallRule { [CmdletBinding()] param([string] $Group) Note Get-NetFirewallRule $PSBoundParameters
            $count = $script:rules; for ($i = 0; $i -lt $count; $i++) { [pscustomobject]@{ Enabled = 'True'; Action = 'Block' } } }
        function Remove-NetFirewallRule { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject) process { $script:rules-- } }
        function New-ScheduledTaskAction { [CmdletBinding()] param([string] $Execute, [string] $Argument) Note New-ScheduledTaskAction $PSBoundParameters; 'action' }
        function New-ScheduledTaskTrigger { [CmdletBinding()] param([switch] $Once, [datetime] $At) Note New-ScheduledTaskTrigger $PSBoundParameters; 'trigger' }
        function New-ScheduledTaskSettingsSet { [CmdletBinding()] param([switch] $StartWhenAvailable, [switch] $AllowStartIfOnBatteries, [switch] $DontStopIfGoingOnBatteries) 'settings' }
        function New-ScheduledTaskPrincipal { [CmdletBinding()] param([string] $UserId, [ValidateSet('Limited', 'Highest')] [string] $RunLevel) Note New-ScheduledTaskPrincipal $PSBoundParameters; 'principal' }
        function Register-ScheduledTask { [CmdletBinding()] param([string] $TaskName, [string] $TaskPath, $Action, $Trigger, $Settings, $Principal) Note Register-ScheduledTask $PSBoundParameters; 'task' }
        function Get-ScheduledTask { [CmdletBinding()] param([string] $TaskName, [string] $TaskPath) 'task' }
        function Unregister-ScheduledTask { [CmdletBinding(SupportsShouldProcess)] param([Parameter(ValueFromPipeline)] $InputObject) process { Note Unregister-ScheduledTask $PSBoundParameters } }
        function Get-LocalUser { [CmdletBinding()] param() $script:users | ForEach-Object { [pscustomobject]@{ Name = $_; SID = "S-$_"; Enabled = $script:enabled } } }
        function Disable-LocalUser { [CmdletBinding()] param([string] $SID) Note Disable-LocalUser $PSBoundParameters }
        function Enable-LocalUser { [CmdletBinding()] param([string] $SID) Note Enable-LocalUser $PSBoundParameters }
        function Get-Module { [CmdletBinding()] param([switch] $ListAvailable, [string] $Name) if ($script:directory) { $Name } }
        function Get-ADUser { [CmdletBinding()] param([string] $Identity) Note Get-ADUser $PSBoundParameters; [pscustomobject]@{ SID = 'S-ad'; Enabled = $script:enabled } }
        function Disable-ADAccount { [CmdletBinding()] param($Identity) Note Disable-ADAccount $PSBoundParameters }
        function Enable-ADAccount { [CmdletBinding()] param($Identity) Note Enable-ADAccount $PSBoundParameters }
        function Get-Process { [CmdletBinding()] param([int] $Id) [pscustomobject]@{ Id = $Id; StartTime = [datetime]'2026-01-02T03:04:05.4Z' } }
        function Stop-Process { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject, [switch] $Force) process { Note Stop-Process $PSBoundParameters } }
        function Wait-Process { [CmdletBinding()] param([Parameter(ValueFromPipeline)] $InputObject, [int] $Timeout) process { } }

        """;

    private readonly ModuleSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public void Isolation_blocks_every_address_but_the_allowed_ones()
    {
        var script = Script("-Action IsolateHost -AllowAddress 10.0.0.0/8, 2001:db8::/32 -Resolver 192.0.2.53");
        var rules = Run(script, "New-NetFirewallRule");

        Assert.All(rules, rule => Assert.Equal(("Block", "True", "Any"), ((string)rule["Action"]!, (string)rule["Enabled"]!, string.Join(',', (string[])rule["Profile"]!))));
        Assert.Single(rules.Select(rule => rule["Group"]).Distinct());
        var tcp = rules.Where(rule => (string)rule["Protocol"]! == "TCP").ToArray();
        Assert.Equal(["Outbound", "Outbound", "Inbound"], tcp.Select(rule => (string)rule["Direction"]!));
        Assert.Equal(
            ["0.0.0.0-9.255.255.255", "11.0.0.0-126.255.255.255", "128.0.0.0-192.0.2.52", "192.0.2.54-255.255.255.255", "::2-2001:db7:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db9::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
            (string[])tcp[0]["RemoteAddress"]!);
        Assert.Equal(["192.0.2.53"], (string[])tcp[1]["RemoteAddress"]!);
        Assert.Equal(["0-52", "54-852", "854-65535"], (string[])tcp[1]["RemotePort"]!);
        // What a resolver begins by itself is blocked too.
        Assert.Contains("128.0.0.0-255.255.255.255", (string[])tcp[2]["RemoteAddress"]!);
        Assert.Equal(["41", "47", "50", "51", "132"], rules.Where(r => (string)r["Direction"]! == "Inbound").Select(r => (string)r["Protocol"]!).Where(p => char.IsDigit(p[0])));
    }

    [Fact]
    public void The_timer_is_armed_first_and_takes_the_rules_back()
    {
        var script = Script("-Action IsolateHost -ExpiresAfter 0:30");
        Assert.True(script.IndexOf("Register-ScheduledTask", StringComparison.Ordinal) < script.IndexOf("New-NetFirewallRule", StringComparison.Ordinal));
        var action = (string)Assert.Single(Run(script, "New-ScheduledTaskAction"))["Argument"]!;
        var at = (DateTime)Assert.Single(Run(script, "New-ScheduledTaskTrigger"))["At"]!;
        Assert.InRange(at, DateTime.Now.AddMinutes(29), DateTime.Now.AddMinutes(31));
        Assert.Equal("S-1-5-18", Assert.Single(Run(script, "New-ScheduledTaskPrincipal"))["UserId"]);

        var undo = System.Text.Encoding.Unicode.GetString(Convert.FromBase64String(action.Split(' ')[^1]));
        Assert.Equal(0, Count($"$script:rules = 5\n{undo}\n$script:rules"));
        Assert.Single(Run(undo, "Unregister-ScheduledTask"));
    }

    [Fact]
    public void Half_of_the_rules_are_none()
    {
        var script = Script("-Action IsolateHost");
        Assert.Equal(0, Count($"$script:failAt = 4\ntry {{ {script} }} catch {{ }}\n$script:rules"));
        Assert.Contains("no more rules", _session.RunToError($"{Functions}\n$script:failAt = 4\n{Body(script)}").Exception.Message);
    }

    [Fact]
    public void A_firewall_that_is_off_is_an_error() =>
        Assert.Contains("is off for the profile Public", _session.RunToError($"{Functions}\n$script:off = $true\n{Body(Script("-Action IsolateHost"))}").Exception.Message);

    [Fact]
    public void Pinned_resolvers_leave_other_ports_alone()
    {
        var rules = Run(Script("-Action PinResolver -Resolver 192.0.2.53, 2001:db8::53"), "New-NetFirewallRule");
        Assert.Equal(["TCP", "UDP"], rules.Select(rule => (string)rule["Protocol"]!));
        Assert.All(rules, rule => Assert.Equal(["53", "853"], (string[])rule["RemotePort"]!));
        Assert.All(rules, rule => Assert.Contains("128.0.0.0-192.0.2.52", (string[])rule["RemoteAddress"]!));
    }

    [Theory]
    [InlineData("eve")]
    [InlineData("O'Neil")]
    [InlineData("O\u2019Neil")]
    [InlineData("a$(throw)b")]
    [InlineData("a`b")]
    [InlineData("a#b")]
    [InlineData("a{b}")]
    [InlineData("a&b")]
    public void An_account_is_disabled_by_its_name_alone(string name)
    {
        var script = (string)Assert.Single(_session.Run("param($n) Invoke-DnsTunnelResponse -Action DisableAccount -Account $n -AsScript -Platform Windows", ("n", name))).BaseObject;
        Parse(script);
        var setup = $"$script:users = @('x', '{CodeGeneration.EscapeSingleQuotedStringContent(name)}', 'y')\n";

        Assert.Equal($"S-{name}", Assert.Single(Run(setup + Body(script), "Disable-LocalUser"))["SID"]);
        Assert.Equal($"S-{name}", Assert.Single(Run(setup + Comments(script), "Enable-LocalUser"))["SID"]);
    }

    [Fact]
    public void An_account_of_the_directory_needs_its_module()
    {
        var script = Body(Script("-Action DisableAccount -Account CORP\\eve"));
        Assert.Contains("no ActiveDirectory module", _session.RunToError($"{Functions}\n{script}").Exception.Message);
        Assert.Equal("eve", Assert.Single(Run($"$script:directory = $true\n{script}", "Get-ADUser"))["Identity"]);
        Assert.Single(Run($"$script:directory = $true\n{script}", "Disable-ADAccount"));
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", true)]
    [InlineData("2026-01-02T03:04:15Z", false)]
    public void A_process_is_stopped_when_it_started_then(string time, bool stops)
    {
        var script = Body(Script($"-Action StopProcess -ProcessId 4711 -StartTime '{time}'"));
        if (stops) Assert.Single(Run(script, "Stop-Process"));
        else Assert.Contains("There is no process 4711", _session.RunToError($"{Functions}\n{script}").Exception.Message);
    }

    private string Script(string arguments)
    {
        var script = (string)Assert.Single(_session.Run($"Invoke-DnsTunnelResponse {arguments} -AsScript -Platform Windows")).BaseObject;
        Parse(script);
        return Body(script);
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

    private int Count(string script) => (int)_session.Run($"{Functions}\n{script}")[^1].BaseObject;

    private static void Parse(string script)
    {
        Parser.ParseInput(script, out _, out var errors);
        Assert.Empty(errors);
    }

    // Requires is for Windows and administrators.
    private static string Body(string script) => string.Join('\n', script.Split('\n').Where(line => !line.StartsWith("#Requires", StringComparison.Ordinal)));

    private static string Comments(string script) =>
        string.Join('\n', script.Split('\n').SkipWhile(line => line != "# To take it back:").Skip(1).Select(line => line.TrimStart('#')));
}
