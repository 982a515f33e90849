namespace DnsTunnel.PowerShell.Tests;

/// <summary>What the actions on hosts, processes and accounts take, refuse and say.</summary>
public sealed class HostActionTests : IDisposable
{
    // Remoting that stays on this computer: the block runs here, and what came over is counted.
    private const string Remoting =
        """
        $global:sent = 0
        function Invoke-Command { [CmdletBinding()] param($ComputerName, $Session, [scriptblock] $ScriptBlock, [object[]] $ArgumentList) $global:sent++; & ([scriptblock]::Create($ScriptBlock)) @ArgumentList }

        """;

    private readonly ResponseSession _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("-Action IsolateHost -Domain a.example", "ActionNotPossible")]
    [InlineData("-Action BlockDomain -ProcessId 7", "ActionNotPossible")]
    [InlineData("-Action IsolateHost -Account eve", "ActionNotPossible")]
    [InlineData("-Action PinResolver", "ActionNotPossible")]
    [InlineData("-Action IsolateHost -ExpiresAfter 0", "ActionNotPossible")]
    [InlineData("-Action IsolateHost -ExpiresAfter -1:0 -Force", "ActionNotPossible")]
    [InlineData("-Action StopProcess -ProcessId 7 -ExpiresAfter 1:0", "ActionNotPossible")]
    [InlineData("-Action IsolateHost -Platform Windows", "ActionNotPossible")]
    [InlineData("-Action IsolateHost -AsScript -ComputerName a", "ActionNotPossible")]
    [InlineData("-Action IsolateHost -AsScript -AllowAddress 'a.example'", "AddressNotValid")]
    [InlineData("-Action StopProcess -ProcessId 7 -AsScript", "ActionNotPossible")]
    [InlineData("-Action DisableAccount -Account '-rf' -AsScript -Platform Linux", "AccountNotFound")]
    [InlineData("-Action BlockDomain a.example -AsScript", "ProviderNotFound")]
    [InlineData("-Action BlockDomain a.example -ZoneFile $z -AsScript", "ActionNotPossible")]
    public void What_does_not_go_together_is_an_error(string arguments, string id)
    {
        Assert.Empty(_folder.Run($"Invoke-DnsTunnelResponse {arguments} -JournalPath $j -Confirm:$false"));

        Assert.Equal(id, _folder.ErrorId);
        Assert.NotEmpty(_folder.Session.Errors[0].ErrorDetails.RecommendedAction);
        Assert.True(_folder.IsUntouched);
    }

    [Theory]
    [InlineData("IsolateHost", "'a.example'")]
    [InlineData("StopProcess", "'a.example'")]
    [InlineData("StopProcess", "[DnsTunnel.DnsTunnelFinding]@{ Domain = 'a.example'; IsTunnel = $true; Processes = 'x (7)' }")]
    [InlineData("DisableAccount", "[DnsTunnel.DnsTunnelFinding]@{ Domain = 'a.example'; IsTunnel = $true }")]
    public void Input_that_does_not_name_the_target_is_an_error(string action, string input)
    {
        Assert.Empty(_folder.Run($"{input} | Invoke-DnsTunnelResponse -Action {action} -JournalPath $j -Confirm:$false"));
        Assert.Equal("InputNotUsable", _folder.ErrorId);
    }

    [Fact]
    public void A_finding_of_another_host_isolates_nothing_here()
    {
        Assert.Empty(_folder.Run("[DnsTunnel.DnsTunnelFinding]@{ Domain = 'a.example'; IsTunnel = $true; Client = '192.0.2.99' } | Invoke-DnsTunnelResponse -Action IsolateHost -JournalPath $j -Confirm:$false"));
        Assert.Equal("ActionNotPossible", _folder.ErrorId);
        Assert.Contains("192.0.2.99, which is not this host", _folder.Session.Errors[0].Exception.Message);
    }

    [Theory]
    [InlineData("microsoft.com")]
    [InlineData("login.microsoftonline.com")]
    [InlineData("printer.local")]
    public void A_protected_domain_needs_force(string domain)
    {
        Assert.Empty(_folder.Run($"Invoke-DnsTunnelResponse @b {domain} -Confirm:$false"));
        Assert.Equal("DomainProtected", _folder.ErrorId);

        _folder.Session.Host.Recorded.Clear();
        Assert.Empty(_folder.Run($"Invoke-DnsTunnelResponse @b {domain} -Force -WhatIf"));
        Assert.Contains("this stops working", _folder.Session.Host.Recorded.Text);
    }

    [Fact]
    public void Domains_that_belong_to_the_same_tunnel_are_blocked_too()
    {
        var responses = _folder.Run("[pscustomobject]@{ Domain = 'a.example'; IsTunnel = $true; Score = 99.0; RelatedDomains = @('b.example', 'a.example') } | Invoke-DnsTunnelResponse @b -Confirm:$false");
        Assert.Equal(["a.example", "b.example"], responses.Select(r => (string)r.Properties["Target"].Value));
    }

    [Fact]
    public void The_clients_of_the_finding_are_shown_before_the_answer()
    {
        _folder.Session.Host.Recorded.Clear();
        _folder.Run("[DnsTunnel.DnsTunnelFinding]@{ Domain = 'a.example'; IsTunnel = $true; Clients = '192.0.2.1', '192.0.2.2' } | Invoke-DnsTunnelResponse @b -WhatIf");
        Assert.Contains("2 clients asked for it: 192.0.2.1, 192.0.2.2.", _folder.Session.Host.Recorded.Text);
    }

    [Fact]
    public void More_than_the_limit_needs_force()
    {
        Assert.Equal(2, _folder.Run("'a.example', 'b.example', 'c.example' | Invoke-DnsTunnelResponse @b -MaxPerHour 2 -Confirm:$false").Count);
        Assert.Equal("ResponseLimitReached", _folder.ErrorId);
        Assert.Single(_folder.Run("'c.example' | Invoke-DnsTunnelResponse @b -MaxPerHour 2 -Force -Confirm:$false"));
    }

    [Fact]
    public void A_process_is_stopped_once_wherever_its_object_comes_from()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("stops a process of Linux");
        const string Start = "$p = [Diagnostics.Process]::Start('sleep', '600'); ";
        var response = Assert.Single(_folder.Run(Start + "$p | Invoke-DnsTunnelResponse -Action StopProcess -JournalPath $j -Confirm:$false; if (-not $p.WaitForExit(2000)) { throw 'it runs' }"));
        Assert.Equal("Applied", response.Properties["Status"].Value.ToString());
        Assert.Single(_folder.Run(Start + "1..2 | ForEach-Object { [DnsTunnel.DnsQuery]@{ ProcessId = $p.Id; Timestamp = [datetime]::UtcNow } } | Invoke-DnsTunnelResponse -Action StopProcess -JournalPath $j -Confirm:$false"));

        Assert.Empty(_folder.Run(Start + "[DnsTunnel.DnsQuery]@{ ProcessId = $p.Id; Timestamp = [datetime]::UtcNow.AddMinutes(-5) } | Invoke-DnsTunnelResponse -Action StopProcess -JournalPath $j -Confirm:$false; $p.Kill()"));
        Assert.Equal("ProcessNotFound", _folder.ErrorId);
    }

    [Theory]
    [InlineData("-Action StopProcess -ProcessId $PID")]
    [InlineData("-Action DisableAccount -Account $([Environment]::UserName)")]
    public void Whoever_asks_is_protected(string arguments)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("acts on Linux");
        Assert.Empty(_folder.Run($"Invoke-DnsTunnelResponse {arguments} -JournalPath $j -Confirm:$false"));
        Assert.Equal("TargetProtected", _folder.ErrorId);
    }

    [Fact]
    public void Another_host_is_acted_on_through_remoting()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("runs scripts of the POSIX shell");
        var response = Assert.Single(_folder.Run(Remoting +
            "$p = [Diagnostics.Process]::Start('sleep', '600'); Invoke-DnsTunnelResponse -Action StopProcess -ProcessId $p.Id -ComputerName other -JournalPath $j -Confirm:$false; if (-not $p.WaitForExit(2000)) { throw 'it runs' }"));

        Assert.Empty(_folder.Session.Errors);
        Assert.Equal(("other", "Applied"), ((string)response.Properties["ComputerName"].Value, response.Properties["Status"].Value.ToString()));
        Assert.True((int)_folder.Run("$global:sent")[0].BaseObject >= 3);
    }

    [Fact]
    public void A_host_that_cannot_be_reached_is_an_error_and_the_next_follows()
    {
        _folder.Run("function Invoke-Command { [CmdletBinding()] param($ComputerName, $ScriptBlock, $ArgumentList) throw \"no way to $ComputerName\" }; Invoke-DnsTunnelResponse -Action StopProcess -ProcessId 7 -ComputerName one, two -JournalPath $j -Confirm:$false");
        Assert.Equal(["one", "two"], _folder.Session.Errors.Select(e => (string)e.TargetObject));
        Assert.All(_folder.Session.Errors, e => Assert.StartsWith("CommandFailed,", e.FullyQualifiedErrorId));
    }

    [Fact]
    public void A_zone_file_is_not_for_another_host()
    {
        Assert.Empty(_folder.Run(Remoting + "Invoke-DnsTunnelResponse @b a.example -ComputerName other -Confirm:$false"));
        Assert.Equal("ActionNotPossible", _folder.ErrorId);
    }

    [Theory]
    [InlineData("-Action IsolateHost -Resolver 192.0.2.53 -AllowAddress 10.0.0.0/8")]
    [InlineData("-Action PinResolver -Resolver 192.0.2.53 -ExpiresAfter 0:5")]
    [InlineData("-Action DisableAccount -Account eve -ExpiresAfter 8:0")]
    [InlineData("-Action StopProcess -ProcessId 4711 -StartTime '2026-01-02T03:04:05Z'")]
    public void A_script_for_Linux_is_one_that_a_shell_reads(string arguments)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there is no POSIX shell");
        var script = (string)Assert.Single(_folder.Run($"Invoke-DnsTunnelResponse {arguments} -AsScript -Platform Linux")).BaseObject;

        Assert.StartsWith("#!/bin/sh\n", script);
        using var shell = ShellProcess.Start("/bin/sh", ["-n", "-c", script]);
        var problems = shell.StandardError.ReadToEnd();
        shell.WaitForExit();
        Assert.True(shell.ExitCode == 0, problems);
        Assert.True(_folder.IsUntouched);
    }
}
