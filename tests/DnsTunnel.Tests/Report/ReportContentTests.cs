using System.Diagnostics;
using System.Text.Json;
using DnsTunnel.Report;
using DnsTunnel.Tests.Delivery;

namespace DnsTunnel.Tests.Report;

public sealed class ReportContentTests
{
    [Fact]
    public void Every_table_has_a_caption_and_heads_of_its_columns()
    {
        var report = Reports.Parse(Reports.Hostile("harmless.example"));

        Assert.Equal("en", report.DocumentElement.GetAttribute("lang"));
        Assert.Equal(3, report.QuerySelectorAll("table").Length);
        Assert.All(report.QuerySelectorAll("table"), table =>
        {
            Assert.NotNull(report.GetElementById(table.ParentElement!.GetAttribute("aria-labelledby")!));
            Assert.Equal(table.QuerySelectorAll("th[scope=col]").Length, table.QuerySelectorAll("tbody tr:first-child td").Length);
        });
        Assert.All(report.QuerySelectorAll("input, select"), field => Assert.Equal("label", field.ParentElement!.LocalName));
        Assert.Equal(report.QuerySelectorAll("[id]").Length, report.QuerySelectorAll("[id]").Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public void The_summary_counts_tunnels_alone()
    {
        var report = Reports.Parse(Reports.Of(Findings.Make(), Findings.Make("b.example", "192.0.2.8"), new DnsTunnelFinding { Domain = "ordinary.example", BytesOut = 5 }));
        var cards = report.QuerySelectorAll(".cards div").ToDictionary(c => c.QuerySelector("dt")!.TextContent, c => c.QuerySelector("dd")!.TextContent);

        Assert.Equal("2", cards["Tunnels"]);
        Assert.Equal("2", cards["High"]);
        Assert.Equal("0", cards["Critical"]);
        Assert.Equal("21,892", cards["Bytes out, up to"]);
        Assert.Equal("no tunnel", report.QuerySelectorAll("#table tbody tr")[2].Children[3].TextContent);
    }

    [Fact]
    public void Talkers_are_ordered_by_what_can_have_left()
    {
        var talkers = Talker.Top([Findings.Make("a.example", "192.0.2.1"), Findings.Make("b.example", "192.0.2.2"), Findings.Make("c.example", "192.0.2.2"), new DnsTunnelFinding { Client = "192.0.2.3", BytesOut = 1 << 30 }]);

        Assert.Equal([new Talker("192.0.2.2", 2, 21892, 173660, 99.8), new Talker("192.0.2.1", 1, 10946, 86830, 99.8)], talkers);
    }

    [Fact]
    public void It_says_when_nothing_is_known_of_the_input_and_the_actions()
    {
        var report = Reports.Parse(Reports.Of(Findings.Make()));

        Assert.Contains("are not known", report.GetElementById("inputs")!.ParentElement!.TextContent);
        Assert.Contains("No journal", report.GetElementById("actions")!.ParentElement!.TextContent);
    }

    [Fact]
    public void Without_findings_it_says_so()
    {
        var report = Reports.Parse(Reports.Of());
        Assert.Contains("No findings were given", report.Body!.TextContent);
        Assert.Null(report.GetElementById("population"));
    }

    [Fact]
    public void Many_windows_are_added_up_to_what_a_plot_can_show()
    {
        var start = new DateTime(2026, 11, 24, 0, 0, 0, DateTimeKind.Utc);
        var windows = Enumerable.Range(0, 1001).Select(i => new DomainVolume { WindowStart = start.AddMinutes(i), WindowEnd = start.AddMinutes(i + 1), QueryCount = 2, InformationBytes = 3 });
        using var output = new MemoryStream();
        ReportData.Write(output, [new DnsTunnelFinding { Windows = [.. windows] }]);
        using var data = JsonDocument.Parse(output.ToArray());
        var plot = data.RootElement[0].GetProperty("windows");

        Assert.InRange(plot[0].GetArrayLength(), 100, 200);
        Assert.Equal(1795478400, plot[0][0].GetInt64());
        Assert.Equal(2002, plot[1].EnumerateArray().Sum(n => n.GetInt64()));
        Assert.Equal(3003, plot[2].EnumerateArray().Sum(n => n.GetInt64()));
    }

    [Fact]
    public void Numbers_that_are_none_do_not_break_the_data()
    {
        var finding = new DnsTunnelFinding { Score = double.NaN, Features = new Dictionary<string, DnsTunnelFeature> { ["A"] = new(double.PositiveInfinity, double.NaN) } };
        using var data = JsonDocument.Parse(Reports.Parse(Reports.Of(finding)).GetElementById("data")!.TextContent);
        Assert.Equal(0, data.RootElement[0].GetProperty("score").GetDouble());
    }

    [Fact]
    public void Ten_thousand_findings_are_written_in_seconds_and_shown_a_page_at_a_time()
    {
        var findings = Enumerable.Range(0, 10_000).Select(i => Findings.Make($"d{i}.example", $"10.0.{i % 7}.{i % 251}")).ToArray();
        var watch = Stopwatch.StartNew();
        var report = Reports.Write(Reports.Of(findings));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed}");
        Assert.InRange(report.Length, 1_000_000, 20_000_000);
        Assert.Equal(100, Reports.Parse(Reports.Of(findings)).QuerySelectorAll("#table tbody tr").Length);
    }
}
