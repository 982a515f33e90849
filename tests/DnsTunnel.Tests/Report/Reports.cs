using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using DnsTunnel.Report;

namespace DnsTunnel.Tests.Report;

/// <summary>Reports as text, and as a browser's parser sees them.</summary>
internal static class Reports
{
    private static readonly DateTime s_made = new(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);

    public static byte[] Write(ReportContent content)
    {
        using var output = new MemoryStream();
        ReportWriter.Write(output, content);
        return output.ToArray();
    }

    public static IHtmlDocument Parse(ReportContent content)
    {
        using var input = new MemoryStream(Write(content));
        // As with scripts: what stands in noscript is text then.
        return new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument(input);
    }

    public static ReportContent Of(params DnsTunnelFinding[] findings) => new("A report", s_made) { Findings = findings };

    /// <summary>A report with the text wherever a text can be.</summary>
    public static ReportContent Hostile(string text) => new(text, s_made)
    {
        Findings = [Delivery.Findings.Hostile(text)],
        Responses = [new DnsTunnelResponse { Id = text, Target = text, Provider = text, Path = text, Changes = [text], Note = text, Timestamp = s_made }],
        Inputs = [new ReportInput(text, text, [text])],
    };
}
