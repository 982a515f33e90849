using System.Management.Automation;
using System.Management.Automation.Language;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Tab after each parameter whose values can be known.</summary>
public sealed class CompletionTests : IDisposable
{
    /// <summary>Text, paths (which the engine completes) and things that only the user knows.</summary>
    private static readonly HashSet<string> s_free =
    [
        "Account", "AllowAddress", "Client", "ComputerName", "ConfigurationFolder", "ControlConfiguration", "Destination", "DnstapSocket", "DnstapSocketMode", "ExceptionPath", "Filter",
        "HistoryPath", "JournalPath", "LiteralPath", "Model", "NamePattern", "OutFile", "OutboxPath", "Path", "Reason", "Source", "StatePath", "StatisticsVariable", "SyslogServer", "Title",
        "TrustedCertificate", "ZoneFile", "ZoneName",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel").FullName;
    private readonly ModuleSession _session = new();

    public CompletionTests() => _session.Run("param($d) $null = $ExecutionContext.SessionState.Path.SetLocation($d)", ("d", _folder));

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Invoke-DnsTunnelResponse -Action ", "BlockDomain IsolateHost PinResolver StopProcess DisableAccount")]
    [InlineData("Invoke-DnsTunnelResponse -Provider ", "Rpz Unbound Dnsmasq WindowsDnsServer Nrpt")]
    [InlineData("Invoke-DnsTunnelResponse -Reload ", "None Rndc UnboundControl")]
    [InlineData("Invoke-DnsTunnelResponse -Platform ", "Windows Linux")]
    [InlineData("Get-DnsTunnelResponse -Status ", "Applied Undone")]
    [InlineData("Send-DnsTunnelFinding -Transport ", "Udp Tcp Tls")]
    [InlineData("Send-DnsTunnelFinding -Format ", "Rfc5424 Cef")]
    [InlineData("Start-DnsTunnelMonitor -Transport ", "Udp Tcp Tls")]
    [InlineData("Start-DnsTunnelMonitor -LogFormat ", "ZeekTsv Bind Unbound")]
    [InlineData("Start-DnsTunnelMonitor -TimeZone ", "UTC Local")]
    [InlineData("Import-DnsLog -Format ", "ZeekTsv Bind Unbound")]
    [InlineData("Import-DnsLog -TimeZone ", "UTC Local")]
    [InlineData("Register-DnsTunnelMonitor -Scheduler ", "Systemd Cron TaskScheduler")]
    [InlineData("Register-DnsTunnelMonitor -Scope ", "System User")]
    [InlineData("Unregister-DnsTunnelMonitor -Scheduler ", "Systemd Cron TaskScheduler")]
    [InlineData("Export-DnsQuery -Format ", "EcsNdjson ZeekTsv")]
    [InlineData("Measure-DnsTunnelModel -Rule ", "Elastic RITA Zeek")]
    public void Fixed_choices_are_all_there(string line, string expected) => Assert.Subset(Texts(line).ToHashSet(), expected.Split(' ').ToHashSet());

    [Fact]
    public void Domains_of_earlier_findings_are_known()
    {
        _session.Run("param($p) $null = Test-DnsTunneling -Path $p -HistoryPath ./history.db -UpdateHistory", ("p", Captures.Folder));
        Assert.Equal(["tunnel.example", "tunnel.test"], Texts("Get-DnsDomainHistory -HistoryPath ./history.db -Domain ").Order(StringComparer.Ordinal));
        var one = Assert.Single(_session.Complete("Get-DnsDomainHistory -HistoryPath ./history.db tunnel.t"));
        Assert.Equal("tunnel.test", one.CompletionText);
        Assert.Contains("Score 100, last found 2026-11-24 09:", one.ToolTip, StringComparison.Ordinal);
    }

    [Fact]
    public void Exceptions_are_known_and_only_those_of_the_user_can_be_removed()
    {
        var id = (string)_session.Run("(New-DnsTunnelException -Domain known.example -Reason 'why not' -ExceptionPath ./e.json).Id").Single().BaseObject;
        Assert.Equal([id], Texts("Remove-DnsTunnelException -ExceptionPath ./e.json -Id "));
        Assert.Equal([id], Texts("Remove-DnsTunnelException -ExceptionPath ./e.json -Id 'why"));
        Assert.Subset(Texts("Get-DnsTunnelException -ExceptionPath ./e.json -Id ").ToHashSet(), new HashSet<string> { id, "hostkarma" });
        Assert.Equal(["known.example"], Texts("Get-DnsTunnelException -ExceptionPath ./e.json known.e"));
    }

    [Fact]
    public void Responses_are_known_and_only_those_that_hold_can_be_undone()
    {
        _session.Run("$r = Invoke-DnsTunnelResponse -Action BlockDomain -Domain one.example, two.example -ZoneFile ./z -JournalPath ./j -Confirm:$false; $null = Undo-DnsTunnelResponse -Id $r[0].Id -JournalPath ./j -Confirm:$false");
        Assert.Equal(["two.example", "one.example"], Texts("Get-DnsTunnelResponse -JournalPath ./j -Domain "));
        Assert.Equal(2, Texts("Get-DnsTunnelResponse -JournalPath ./j -Id ").Count);
        Assert.Contains("two.example", Assert.Single(_session.Complete("Undo-DnsTunnelResponse -JournalPath ./j -Id ")).ToolTip, StringComparison.Ordinal);
    }

    /// <summary>Names are written by attackers; what Tab puts into a command line is one argument and nothing else.</summary>
    [Theory]
    [InlineData("a'b.example")]
    [InlineData("$(exit).example")]
    [InlineData("-force.example")]
    [InlineData("a\u2019;exit.example")]
    [InlineData("a b\\\"`.example")]
    public void A_name_becomes_one_argument(string domain)
    {
        _session.Run("param($d) $null = New-DnsTunnelException -Domain $d -Reason x -ExceptionPath ./e.json", ("d", domain));
        if (_session.Errors.Count > 0) Assert.Skip("no such name can be excepted");
        foreach (var text in Texts("Get-DnsTunnelException -ExceptionPath ./e.json -Domain ").Where(t => t.Contains("example", StringComparison.Ordinal)))
        {
            var command = (CommandAst)Parser.ParseInput($"f {text}", out _, out var errors).Find(a => a is CommandAst, searchNestedScriptBlocks: true)!;
            Assert.Empty(errors);
            Assert.Equal(2, command.CommandElements.Count);
            Assert.IsType<StringConstantExpressionAst>(command.CommandElements[1]);
        }
    }

    [Theory]
    [InlineData("Get-DnsDomainHistory -HistoryPath ./bad -Domain ")]
    [InlineData("Remove-DnsTunnelException -ExceptionPath ./bad -Id ")]
    [InlineData("Undo-DnsTunnelResponse -JournalPath ./bad -Id ")]
    [InlineData("Undo-DnsTunnelResponse -JournalPath nowhere:/x -Id ")]
    public void A_file_that_cannot_be_read_completes_to_nothing(string line)
    {
        File.WriteAllText(Path.Combine(_folder, "bad"), "no such thing");
        Assert.DoesNotContain(_session.Complete(line), match => match.ResultType == CompletionResultType.ParameterValue);
    }

    [Fact]
    public void Every_parameter_of_text_completes_or_is_free_text()
    {
        foreach (var name in ModuleCommands.Names)
        {
            var command = (CmdletInfo)_session.Run("param($n) Get-Command $n", ("n", name)).Single().BaseObject;
            var bare = command.Parameters.Values.Where(p => !Cmdlet.CommonParameters.Contains(p.Name) && p.ParameterType is var type && (type == typeof(string) || type == typeof(string[])))
                .Where(p => !p.Attributes.Any(a => a is ArgumentCompleterAttribute or ValidateSetAttribute) && !s_free.Contains(p.Name) && !(p.Name == "Name" && name != "Get-DnsCaptureInterface"));
            Assert.Empty(bare.Select(p => $"{name} -{p.Name}"));
        }
    }

    private List<string> Texts(string line) => _session.Complete(line).ConvertAll(match => match.CompletionText);
}
