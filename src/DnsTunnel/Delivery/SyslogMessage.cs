using System.Globalization;
using System.Net;
using System.Text;

namespace DnsTunnel.Delivery;

/// <summary>A finding as a message of RFC 5424.</summary>
internal static class SyslogMessage
{
    /// <summary>Security and authorization messages (RFC 5424, table 1).</summary>
    private const int Facility = 4;

    /// <summary>
    /// A name of one's own needs a private enterprise number (7.2.2). The project has none; this is the one that RFC 5612 sets aside for
    /// documentation, which collides with nobody's.
    /// </summary>
    private const string StructuredDataId = "dnsTunnel@32473";

    public static byte[] Write(DnsTunnelFinding finding, SyslogFormat format, DateTime now)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<{(Facility * 8) + Severity(finding)}>1 {FindingSummary.Text(now)} {Host()} {FindingSummary.Product} {Environment.ProcessId} Finding ");
        if (format == SyslogFormat.Cef) text.Append("- ").Append(CefMessage.Write(finding));
        else AddFacts(text, finding);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>A notice; of severity warning, and notice when all is well again.</summary>
    public static byte[] Write(SourceNotice notice, SyslogFormat format)
    {
        var severity = notice.Kind == SourceNoticeKind.Back ? 5 : 4;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<{(Facility * 8) + severity}>1 {FindingSummary.Text(notice.Time)} {Host()} {FindingSummary.Product} {Environment.ProcessId} Source ");
        if (format == SyslogFormat.Cef)
        {
            text.Append(CultureInfo.InvariantCulture, $"- CEF:0|{FindingSummary.Product}|{FindingSummary.Product}|{FindingSummary.Version}|{notice.Action}|DNS source|{(severity == 5 ? 2 : 5)}|");
            text.Append(CultureInfo.InvariantCulture, $"externalId={notice.Id} msg={CefText.Extension(notice.Text)}");
        }
        else
        {
            text.Append('[').Append(StructuredDataId);
            Add(text, "id", notice.Id);
            Add(text, "action", notice.Action);
            Add(text, "since", FindingSummary.Text(notice.Since));
            Add(text, "source", notice.Source);
            text.Append("] ");
            if (!Ascii.IsValid(notice.Text)) text.Append('\uFEFF');
            text.Append(notice.Text);
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Quote, backslash and bracket in the value of a parameter (6.3.3).</summary>
    public static string Value(string text)
    {
        var escaped = new StringBuilder();
        foreach (var c in Printable.Text(text))
        {
            if (c is '"' or '\\' or ']') escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }

    private static void AddFacts(StringBuilder text, DnsTunnelFinding finding)
    {
        text.Append('[').Append(StructuredDataId);
        Add(text, "id", FindingSummary.Id(finding));
        Add(text, "rule", finding.RuleName);
        Add(text, "domain", finding.Domain);
        if (finding.Client is not null) Add(text, "client", finding.Client);
        Add(text, "score", finding.Score.ToString("0.#", CultureInfo.InvariantCulture));
        Add(text, "severity", finding.Severity.ToString());
        if (finding.Life is { } life) Add(text, "life", life.ToString());
        Add(text, "riskScore", Number(finding.RiskScore));
        Add(text, "bytesOut", Number(finding.BytesOut));
        Add(text, "bytesIn", Number(finding.BytesIn));
        Add(text, "queryCount", Number(finding.QueryCount));
        Add(text, "uniqueNames", Number(finding.UniqueNames));
        Add(text, "firstSeen", FindingSummary.Text(finding.FirstSeen));
        Add(text, "lastSeen", FindingSummary.Text(finding.LastSeen));
        if (finding.FirstDetected is { } detected) Add(text, "firstDetected", FindingSummary.Text(detected));
        if (finding.Tool is not null) Add(text, "tool", finding.Tool);
        Add(text, "technique", finding.Technique);
        Add(text, "tactic", finding.Tactic);
        if (finding.Reasons.Length > 0) Add(text, "reason", finding.Reasons[0]);
        text.Append("] ");
        var sentence = FindingSummary.Sentence(finding);
        // Text in UTF-8 begins with the byte order mark, ASCII need not (6.4).
        if (!Ascii.IsValid(sentence)) text.Append('\uFEFF');
        text.Append(sentence);
    }

    private static void Add(StringBuilder text, string name, string value) => text.Append(' ').Append(name).Append("=\"").Append(Value(value)).Append('"');

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Severity(DnsTunnelFinding finding) => finding switch
    {
        { IsTunnel: false } => 6,
        { Severity: DnsTunnelSeverity.Low } => 5,
        { Severity: DnsTunnelSeverity.Medium } => 4,
        { Severity: DnsTunnelSeverity.High } => 3,
        _ => 2,
    };

    /// <summary>Printable ASCII of at most 255 characters, or the value that means unknown (6.2.4).</summary>
    private static string Host()
    {
        var name = Dns.GetHostName();
        return name.Length is 0 or > 255 || name.Any(c => c is <= ' ' or > '~') ? "-" : name;
    }
}
