using System.Globalization;
using System.Text;

namespace DnsTunnel.Report;

/// <summary>
/// One HTML file that needs no other and asks no network. Its policy lets in the two scripts and two style sheets that stand in it, by
/// their hashes, and forbids the scripts to make markup from text (Trusted Types).
/// </summary>
internal static class ReportWriter
{
    private static readonly Asset[] s_styles = [Asset.Read("uPlot.min.css"), Asset.Read("report.css")];
    private static readonly Asset[] s_scripts = [Asset.Read("uPlot.iife.min.js"), Asset.Read("report.js")];

    public static string Policy { get; } =
        $"default-src 'none'; script-src {string.Join(' ', s_scripts.Select(s => s.Hash))}; style-src {string.Join(' ', s_styles.Select(s => s.Hash))}; "
        + "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    public static void Write(Stream output, ReportContent content)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var html = new Html(text);
        WriteHead(html, content);
        ReportSections.WriteSummary(html, content);
        ReportSections.WriteFindings(html, content);
        ReportSections.WriteTalkers(html, content);
        ReportSections.WriteResponses(html, content);
        ReportSections.WriteInputs(html, content);
        html.Raw("</main>\n<script type=\"application/json\" id=\"data\">");
        text.Flush();
        ReportData.Write(output, content.Findings);
        html.Raw("</script>\n");
        foreach (var script in s_scripts) html.Raw("<script>").Raw(script.Text).Raw("</script>\n");
        html.Raw("</body>\n</html>\n");
    }

    private static void WriteHead(Html html, ReportContent content)
    {
        html.Raw("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Raw($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n")
            .Raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n")
            .Raw("<meta name=\"referrer\" content=\"no-referrer\">\n")
            .Element("title", content.Title).Raw("\n");
        foreach (var style in s_styles) html.Raw("<style>").Raw(style.Text).Raw("</style>\n");
        html.Raw("</head>\n<body>\n<a class=\"skip\" href=\"#findings\">Skip to the findings</a>\n<header>")
            .Element("h1", content.Title)
            .Raw("<p>").Text(string.Create(CultureInfo.InvariantCulture, $"Made {content.Made:yyyy-MM-dd HH:mm} UTC. All times are UTC; bytes are upper bounds of what can have leaked."))
            .Raw("</p></header>\n<main>\n");
    }
}
