using System.Text.RegularExpressions;
using DnsTunnel.Response;
using DnsTunnel.Response.Dnsmasq;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Hosts;
using DnsTunnel.Response.Journal;
using DnsTunnel.Response.Rpz;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Unbound;
using DnsTunnel.Response.Windows;

namespace DnsTunnel.Tests.Sinks;

/// <summary>The same for what a response writes: zones, configurations, rules and scripts.</summary>
public sealed partial class ResponseSinkTests
{
    [Fact]
    public void Policy_zone() => Assert.All(Hostile.Labels, label =>
    {
        var domain = Hostile.Below(label);
        var text = ZoneFileText.Encode(domain.Wire);
        Assert.Matches(InertName(), text);
        var read = new ZoneName();
        Assert.True(read.TrySet(System.Text.Encoding.ASCII.GetBytes(text), new ZoneName()));
        Assert.Equal(domain.Labels.ToArray(), read.Labels.ToArray());

        var zone = new ZoneFile([], "x", new DateOnly(2026, 11, 24));
        Assert.All(zone.LinesFor(domain, "1a2b3c4d"), line => Assert.Matches(RpzLine(), line));
    });

    [Fact]
    public void Unbound_configuration() => Assert.All(Hostile.Labels, label =>
    {
        var plan = new UnboundProvider(new()).Plan(new ResponseRequest(Hostile.Below(label)) { Id = "1a2b3c4d" });
        var lines = plan.Steps.SelectMany(step => step.State.Values).SelectMany(script => script.Split('\n')).Where(line => line.StartsWith("local-zone", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Matches(LocalZone(), line));
        // The file is named by the id.
        Assert.DoesNotContain(plan.Steps.SelectMany(step => step.State.Values), script => DnstunnelFile().Matches(script).Any(m => m.Value != "dnstunnel-1a2b3c4d."));
    });

    /// <summary>Their languages have no escapes, so such names are refused before anything is written.</summary>
    [Theory]
    [InlineData(DnsmasqProvider.ProviderName)]
    [InlineData(WindowsDnsProvider.ProviderName)]
    [InlineData(NrptProvider.ProviderName)]
    public void Servers_of_plain_names(string name)
    {
        var provider = DomainProvider.All.Single(p => p.Name == name).Create(new());
        Assert.All(Hostile.Labels.Where(label => !PlainLabel().IsMatch(label)), label =>
        {
            var exception = Assert.Throws<ResponseException>(() => provider.Plan(new(Hostile.Below(label))));
            Assert.Equal(ResponseError.DomainNotValid, exception.Error);
            Assert.All(exception.Message, c => Assert.InRange(c, ' ', '~'));
        });
    }

    /// <summary>Rules of nftables and Windows Firewall hold addresses, and nothing else is one.</summary>
    [Fact]
    public void Firewall_rules() => Assert.All(Hostile.Texts, text =>
    {
        var exception = Assert.Throws<ResponseException>(() => AddressRange.Parse(text));
        Assert.Equal(ResponseError.AddressNotValid, exception.Error);
        Assert.All(exception.Message.EnumerateRunes(), rune => Assert.True(Printable.IsSafe(rune)));
    });

    [Fact]
    public void Script_of_sh()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("there is no POSIX shell");
        foreach (var value in Hostile.Labels.Where(l => !l.Contains('\0')).Append("").Append("-n").Append("'\\''").Append(new string('\'', 255)))
        {
            var result = new LocalScriptRunner().Run(ScriptLanguage.Shell, $"printf '%s|' {ShellText.Quote(value)} end", TestContext.Current.CancellationToken);
            Assert.Equal((0, $"{value}|end|"), (result.ExitCode, result.Output));
        }

        Assert.Equal(ResponseError.ValueNotUsable, Assert.Throws<ResponseException>(() => ShellText.Quote("a\0b")).Error);
    }

    /// <summary>One literal: all that could end it stands twice.</summary>
    [Fact]
    public void Script_of_PowerShell() => Assert.All(Hostile.Texts, text =>
    {
        Assert.Matches(Literal(), PowerShellText.Quote(text));
        Assert.Equal(text, Doubled().Replace(PowerShellText.Quote(text)[1..^1], "$1"));
        Assert.Matches("^[A-Za-z0-9+/=]+$", PowerShellText.EncodedCommand(PowerShellText.Quote(text)));
    });

    [Fact]
    public void Journal() => Assert.All(Hostile.Texts, text =>
    {
        var response = new DnsTunnelResponse { Id = "1a2b3c4d", Target = "t.example", Provider = text, Note = text, Reasons = [text] };
        var line = JournalJson.Write(JournalEntry.From(response, ""));
        Assert.All(line[..^1], b => Assert.InRange(b, (byte)' ', (byte)'~'));
        Assert.Equal(text.Replace('\uD800', '\uFFFD'), JournalJson.Read(line)!.Note);
    });

    [GeneratedRegex(@"\A(?:[A-Za-z0-9_-]|\\(?:[01][0-9][0-9]|2[0-4][0-9]|25[0-5])|\.)+\z")]
    private static partial Regex InertName();

    [GeneratedRegex(@"\A(\*\.)?[A-Za-z0-9_.\\-]+ CNAME \. ; DnsTunnel 1a2b3c4d\z")]
    private static partial Regex RpzLine();

    [GeneratedRegex(@"\Alocal-zone: ""[A-Za-z0-9_.\\-]+"" always_nxdomain(' \]; then echo whole)?\z")]
    private static partial Regex LocalZone();

    [GeneratedRegex(@"dnstunnel-[^.]*\.")]
    private static partial Regex DnstunnelFile();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]+\z")]
    private static partial Regex PlainLabel();

    [GeneratedRegex(@"\A'(?:[^'\u2018-\u201B]|(['\u2018-\u201B])\1)*'\z")]
    private static partial Regex Literal();

    [GeneratedRegex(@"(['\u2018-\u201B])\1")]
    private static partial Regex Doubled();
}
