namespace DnsTunnel.PowerShell.Tests;

/// <summary>The cmdlets on a host of their own: in front of it, over remoting, and by the script they return.</summary>
public sealed class IsolatedHostTests : IDisposable
{
    // Remoting that stays on this computer; what comes over is what a session would carry.
    private const string Remoting =
        "function Invoke-Command { [CmdletBinding()] param($ComputerName, [scriptblock] $ScriptBlock, [object[]] $ArgumentList) & ([scriptblock]::Create($ScriptBlock)) @ArgumentList }; ";

    private const string Ssh = "SSH_CONNECTION=10.71.4.1 50000 10.71.4.2 22";

    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel").FullName;
    private readonly NetworkNamespaces _namespaces = new();
    private readonly string _nft = LiveRequirements.Program("nft", "nftables");
    private readonly string _before;

    public IsolatedHostTests()
    {
        Client(_nft, "add", "table", "inet", "theirs");
        _before = Rules;
    }

    private string Rules => Client(_nft, "list", "ruleset");

    public void Dispose()
    {
        _namespaces.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(Remoting, "-ComputerName other")]
    public void Isolation_keeps_the_hand_that_isolates_and_is_taken_back(string setup, string where)
    {
        Assert.Equal("Applied True", Shell($"{setup}$r = Invoke-DnsTunnelResponse -Action IsolateHost {where} -ExpiresAfter 0 -Force @j; '{{0}} {{1}}' -f $r.Status, ($r.Target -eq [Environment]::MachineName)"));
        Assert.Contains("ip saddr 10.71.4.1 tcp dport 22 accept", Rules);

        Assert.Equal("Undone ", Shell($"{setup}$r = Get-DnsTunnelResponse -JournalPath $j.JournalPath | Undo-DnsTunnelResponse -Confirm:$false; '{{0}} {{1}}' -f $r.Status, $r.Note"));
        Assert.Equal(_before, Rules);
    }

    [Fact]
    public void WhatIf_shows_every_rule_and_changes_nothing()
    {
        var shown = Shell("Invoke-DnsTunnelResponse -Action IsolateHost -Resolver 10.71.4.1 -ExpiresAfter 0 -Force @j -WhatIf");
        foreach (var line in new[] { "create table inet dnstunnel_", "policy drop;", "udp sport 68 udp dport 67 accept", "th dport { 53, 853 } accept", "ip daddr 10.71.4.1 tcp sport 22 accept" }) Assert.Contains(line, shown);
        Assert.Equal(_before, Rules);
    }

    [Fact]
    public void The_script_does_the_same_and_its_comments_take_it_back()
    {
        var script = Shell("Invoke-DnsTunnelResponse -Action IsolateHost -AllowAddress 10.9.0.0/16, fd00:9::/32 -AsScript -Platform Linux -ExpiresAfter 0 -Force");
        Client("env", Ssh, "sh", "-c", "sudo() { env -u SSH_CONNECTION \"$@\"; }; sudo sh -c \"$1\"; exit $?", "-", script);
        foreach (var line in new[] { "ip saddr 10.71.4.1 tcp dport 22 accept", "ip daddr 10.71.4.1 tcp sport 22 accept", "ip saddr 10.9.0.0/16 accept", "ip6 daddr fd00:9::/32 accept" }) Assert.Contains(line, Rules);

        var undo = string.Join('\n', script.Split('\n').SkipWhile(line => line != "# To take it back:").Skip(1).Select(line => line.TrimStart('#')));
        Client("sh", "-c", undo);
        Assert.Equal(_before, Rules);
    }

    [Theory]
    [InlineData("SSH_CONNECTION=10.71.4.1 50000 10.71.4.2 22; flush ruleset")]
    [InlineData("SSH_CONNECTION=$(touch /tmp/x) 50000 10.71.4.2 22")]
    [InlineData("SSH_CONNECTION=fe80::1%lo 50000 fe80::2%lo 22")]
    public void A_hostile_environment_gets_no_rule_into_the_script(string environment)
    {
        var script = Shell("Invoke-DnsTunnelResponse -Action IsolateHost -AsScript -Platform Linux -ExpiresAfter 0 -Force");
        Client("env", environment, "sh", "-c", script);
        Assert.Contains("table inet theirs", Rules);
        Assert.DoesNotContain("dport 22", Rules);
    }

    private string Shell(string script) => Client("env", Ssh, "dotnet", ShellProcess.Path, "-Command",
        $"$j = @{{ JournalPath = '{Path.Combine(_folder, "responses.jsonl")}'; Confirm = $false }}; $ErrorActionPreference = 'Stop'; {script}").TrimEnd('\n');

    private string Client(params string[] command)
    {
        var process = _namespaces.StartClient(command);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, output + errors.Result);
        return output.ReplaceLineEndings("\n");
    }
}
