using System.Globalization;
using DnsTunnel.Monitoring.Sources;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace DnsTunnel.Monitoring.Dashboard;

/// <summary>
/// Lays out what a monitor knows for a screen of some lines. Nothing that others wrote gets here but through <see cref="Printable"/>, and
/// then as text, never as markup.
/// </summary>
internal static class DashboardView
{
    private const int HeadLines = 3;
    private const int TitleLines = 3;

    /// <summary>What is least of a table on a small screen.</summary>
    private const int LeastRows = 1;

    private static readonly Style s_faint = new(decoration: Decoration.Dim);
    private static readonly Style s_title = new(decoration: Decoration.Bold);
    private static readonly Style s_bad = new(foreground: Color.Red, decoration: Decoration.Bold);
    private static readonly Style s_warning = new(foreground: Color.Yellow);

    /// <param name="facts">What is known.</param>
    /// <param name="findings">Told findings, the latest first.</param>
    /// <param name="messages">Warnings, the latest first.</param>
    /// <param name="rate">Queries a second.</param>
    /// <param name="height">Lines of the screen.</param>
    public static IRenderable Of(DashboardFacts facts, IReadOnlyList<DnsTunnelFinding> findings, IReadOnlyList<string> messages, double rate, int height)
    {
        var room = Math.Max(0, height - HeadLines - (4 * TitleLines));
        var sources = Math.Clamp(facts.Sources.Count, LeastRows, Math.Max(LeastRows, room / 5));
        var told = Math.Clamp(findings.Count, LeastRows, Math.Max(LeastRows, room / 3));
        var warnings = Math.Clamp(messages.Count, LeastRows, Math.Max(LeastRows, room / 5));
        var domains = Math.Max(LeastRows, room - sources - told - warnings);
        return new Rows(
            Head(facts, rate),
            Section("Findings, the latest first", Findings(findings.Take(told))),
            Section("Domains whose names carried most in the last hour", Domains(facts.Domains.Take(domains))),
            Section("Sources", Sources(facts.Sources.OrderByDescending(s => s.Problem is not null).Take(sources))),
            Section("Warnings, the latest first", new Rows(messages.Take(warnings).Select(m => Cell(m, s_warning)))));
    }

    private static Rows Head(DashboardFacts facts, double rate)
    {
        var dropped = facts.Sources.Sum(s => s.Dropped);
        return new Rows(
            Cell(Format($"DnsTunnel monitor, since {facts.Started:yyyy-MM-dd HH:mm:ss} UTC ({Age(facts.Now - facts.Started)})"), s_title),
            new Columns(
                Cell(Format($"{facts.Queries:N0} queries"), Style.Plain),
                Cell(Format($"{rate:N0}/s"), Style.Plain),
                Cell(Format($"{facts.Told:N0} findings"), facts.Told > 0 ? s_bad : Style.Plain),
                Cell(Format($"{dropped:N0} packets lost"), dropped > 0 ? s_warning : s_faint),
                Cell(Format($"{facts.Refused:N0} did not count"), facts.Refused > 0 ? s_warning : s_faint),
                Cell(Format($"{facts.Waiting:N0} wait for receivers"), facts.Waiting > 0 ? s_warning : s_faint)) { Expand = false });
    }

    private static Rows Section(string title, IRenderable content) => new(Text.Empty, Cell(title, s_title), content);

    private static Table Findings(IEnumerable<DnsTunnelFinding> findings)
    {
        var table = Columns(["Last seen", "Severity", "Life", "Domain", "Client"], ["Score", "Bytes out"]);
        foreach (var finding in findings)
        {
            var style = finding.Severity >= DnsTunnelSeverity.High ? s_bad : s_warning;
            table.AddRow(
                Cell(Format($"{finding.LastSeen:HH:mm:ss}"), Style.Plain),
                Cell($"{finding.Severity}", style),
                Cell($"{finding.Life}", Style.Plain),
                Name(finding.Domain),
                Name(finding.Client ?? "several"),
                Cell(Format($"{finding.Score:0.0}"), Style.Plain),
                Cell(Format($"{finding.BytesOut:N0}"), Style.Plain));
        }

        return table;
    }

    private static Table Domains(IEnumerable<DomainVolume> domains)
    {
        var table = Columns(["Domain"], ["Bytes in names", "Names", "Queries", "Clients"]);
        foreach (var domain in domains)
        {
            table.AddRow(
                Name(domain.Domain),
                Cell(Format($"{domain.InformationBytes:N0}"), Style.Plain),
                Cell(Format($"{domain.UniqueNames:N0}"), Style.Plain),
                Cell(Format($"{domain.QueryCount:N0}"), Style.Plain),
                Cell(Format($"{domain.ClientCount:N0}"), Style.Plain));
        }

        return table;
    }

    private static Table Sources(IEnumerable<SourceState> sources)
    {
        var table = Columns(["Source", "State"], ["Queries", "Lost", "Opened again"]);
        foreach (var source in sources)
        {
            table.AddRow(
                Name(source.Name),
                source.Problem is null ? Cell("is read", Style.Plain) : Cell(Printable.Text(source.Problem), s_bad),
                Cell(Format($"{source.Queries:N0}"), Style.Plain),
                Cell(Format($"{source.Dropped:N0}"), Style.Plain),
                Cell(Format($"{source.Restarts:N0}"), Style.Plain));
        }

        return table;
    }

    private static Table Columns(string[] texts, string[] numbers)
    {
        var table = new Table { Border = TableBorder.None, ShowHeaders = true };
        foreach (var text in texts) table.AddColumn(new TableColumn(Cell(text, s_faint)) { NoWrap = true });
        foreach (var number in numbers) table.AddColumn(new TableColumn(Cell(number, s_faint)) { NoWrap = true, Alignment = Justify.Right });
        return table;
    }

    private static Text Name(string name) => Cell(Printable.Text(name), Style.Plain);

    private static Text Cell(string text, Style style) => new(text, style) { Overflow = Overflow.Ellipsis };

    private static string Age(TimeSpan age) => Format($"{(long)age.TotalHours:00}:{age.Minutes:00}:{age.Seconds:00}");

    private static string Format(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
