using System.Text.RegularExpressions;
using DnsTunnel.Monitoring.Dashboard;
using DnsTunnel.Monitoring.Sources;
using DnsTunnel.Tests.Delivery;

namespace DnsTunnel.Tests.Monitoring;

/// <summary>What the live view writes to a terminal.</summary>
public sealed class DashboardTests
{
    private const int Width = 100;
    private const int Height = 30;

    private static readonly DateTime s_start = new(2026, 2, 1, 12, 0, 0, DateTimeKind.Utc);

    private readonly List<string> _written = [];

    [Fact]
    public void It_shows_findings_domains_sources_rate_and_losses()
    {
        using var dashboard = Open();
        dashboard.Add(Findings.Make());
        dashboard.Add("eth0 is down");
        dashboard.Draw(Facts(queries: 1000), Width, Height);
        dashboard.Draw(Facts(queries: 3500, seconds: 5), Width, Height);

        var frame = Plain(_written[^1]);
        Assert.Contains("3,500 queries 500/s 1 findings 7 packets lost 2 did not count 3 wait for receivers", frame);
        Assert.Matches(@"09:14:00\s+High\s+tunnel\.example 192\.0\.2\.7\s+99\.8\s+10,946", frame);
        Assert.Matches(@"busy\.example\s+12,345\s+678\s+9,012\s+34", frame);
        Assert.Matches(@"eth0\s+network is down\s+99\s+7\s+2", frame);
        Assert.Matches(@"v1\s+is read", frame);
        Assert.Contains("eth0 is down", frame);
    }

    [Fact]
    public void The_screen_is_given_back_once()
    {
        var dashboard = Open();
        dashboard.Draw(Facts(), Width, Height);
        dashboard.Draw(Facts(), Width, Height);
        dashboard.Dispose();
        dashboard.Dispose();

        Assert.StartsWith("\e[?1049h\e[?25l\e[H", _written[0]);
        Assert.StartsWith("\e[H", _written[1]);
        Assert.Equal(["\e[?25h\e[?1049l"], _written[2..]);
    }

    [Fact]
    public void One_that_was_never_drawn_writes_nothing()
    {
        Open().Dispose();
        Assert.Empty(_written);
    }

    [Theory]
    [InlineData(60, 20)]
    [InlineData(80, 24)]
    [InlineData(200, 60)]
    public void A_frame_never_scrolls_or_wraps(int width, int height)
    {
        using var dashboard = Open();
        for (var i = 0; i < 100; i++)
        {
            dashboard.Add(Findings.Make($"{new string('x', 60)}{i}.example"));
            dashboard.Add(new string('w', 300));
        }

        var facts = Facts() with { Sources = [.. Enumerable.Range(0, 40).Select(i => new SourceState($"/var/log/{new string('s', 200)}{i}", 0, 0, 0, new string('p', 200)))] };
        dashboard.Draw(facts, width, height);

        var lines = Plain(_written[^1]).Split('\n');
        Assert.InRange(lines.Length, height / 2, height);
        Assert.All(lines, line => Assert.InRange(line.TrimEnd('\r').Length, 0, width - 1));
    }

    [Fact]
    public void Nothing_that_others_wrote_reaches_the_terminal_but_as_text()
    {
        using var dashboard = Open();
        foreach (var text in Hostile.Texts) dashboard.Add(Findings.Hostile(text));
        foreach (var text in Hostile.Texts.Append("[red]markup[/]").Append("[/]"))
        {
            dashboard.Draw(
                Facts() with
                {
                    Domains = [new DomainVolume { Domain = text }],
                    Sources = [new SourceState(text, 0, 0, 0, text)],
                },
                Width,
                Height);
        }

        var shown = Plain(string.Concat(_written));
        Assert.All(shown.EnumerateRunes().Where(rune => rune.Value is not ('\r' or '\n')), rune => Assert.True(Printable.IsSafe(rune), $"U+{rune.Value:X4}"));
        Assert.Contains("[red]markup[/]", shown);
    }

    private MonitorDashboard Open() => new(_written.Add);

    private static DashboardFacts Facts(long queries = 0, int seconds = 0) => new()
    {
        Now = s_start.AddSeconds(seconds),
        Started = s_start,
        Queries = queries,
        Refused = 2,
        Told = 1,
        Waiting = 3,
        Sources = [new SourceState("v1", 5, 0, 0, null), new SourceState("eth0", 99, 7, 2, "network is down")],
        Domains = [new DomainVolume { Domain = "busy.example", InformationBytes = 12345, UniqueNames = 678, QueryCount = 9012, ClientCount = 34 }],
    };

    /// <summary>Without the sequences that the view itself makes: colours, and those of a frame.</summary>
    private static string Plain(string text) => Regex.Replace(text, @"\e\[(\?1049[hl]|\?25[hl]|H|K|J|[0-9;]*m)", "");
}
