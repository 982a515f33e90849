using System.Globalization;

namespace DnsTunnel.Report;

/// <summary>The parts of the report that need no script.</summary>
internal static class ReportSections
{
    /// <summary>Shown where scripts are off; with scripts, all are there.</summary>
    private const int WithoutScript = 100;

    public static void WriteSummary(Html html, ReportContent content)
    {
        var tunnels = content.Findings.Where(f => f.IsTunnel).ToArray();
        html.Raw("<section aria-labelledby=\"h-sum\"><h2 id=\"h-sum\">Summary</h2><dl class=\"cards\">");
        Card(html, "Tunnels", tunnels.Length);
        foreach (var severity in Enum.GetValues<DnsTunnelSeverity>().OrderDescending()) Card(html, severity.ToString(), tunnels.Count(f => f.Severity == severity));
        Card(html, "Domains", tunnels.Select(f => f.Domain).Distinct(StringComparer.Ordinal).Count());
        Card(html, "Clients", tunnels.SelectMany(f => f.Clients.Append(f.Client)).OfType<string>().Distinct(StringComparer.Ordinal).Count());
        Card(html, "Bytes out, up to", Size(tunnels.Sum(f => f.BytesOut)));
        Card(html, "Bytes in, up to", Size(tunnels.Sum(f => f.BytesIn)));
        html.Raw("</dl>");
        if (content.Findings.Count > 0) html.Raw("<figure id=\"population\" class=\"js\"><figcaption>Each finding by its distinct names and the bytes they can have carried; both scales are logarithmic.</figcaption><div class=\"plot\"></div></figure>");
        html.Raw("</section>\n");
    }

    public static void WriteFindings(Html html, ReportContent content)
    {
        html.Raw("<section aria-labelledby=\"findings\"><h2 id=\"findings\" tabindex=\"-1\">Findings</h2>");
        if (content.Findings.Count == 0)
        {
            html.Raw("<p>No findings were given to this report.</p></section>\n");
            return;
        }
        html.Raw("<noscript><p>Scripts are off: the first findings are shown, without plots and details.</p></noscript>")
            .Raw("<form class=\"js\" id=\"filter\" role=\"search\" aria-label=\"Filter the findings\"><label>Filter <input type=\"search\" id=\"text\" placeholder=\"domain, client, reason, tool …\" autocomplete=\"off\"></label>")
            .Raw("<label>Severity <select id=\"severity\"><option value=\"\">all</option><option value=\"0\">Low and up</option><option value=\"1\">Medium and up</option><option value=\"2\">High and up</option><option value=\"3\">Critical</option></select></label>")
            .Raw("<span id=\"count\" role=\"status\"></span></form>")
            .Raw("<div class=\"scroll\" role=\"region\" aria-labelledby=\"findings\" tabindex=\"0\"><table id=\"table\">")
            .Columns("Domain", "Client", "#Score", "Severity", "#Bytes out", "#Bytes in", "#Queries", "#Names", "First seen", "Last seen")
            .Raw("<tbody>");
        foreach (var finding in content.Findings.Take(WithoutScript)) WriteRow(html, finding);
        html.Raw("</tbody></table></div><nav class=\"js\" id=\"pages\" aria-label=\"Pages of findings\"></nav></section>\n");
    }

    public static void WriteTalkers(Html html, ReportContent content)
    {
        var talkers = Talker.Top(content.Findings);
        if (talkers.Length == 0) return;
        Begin(html, "talkers", "Top talkers").Columns("Client", "#Tunnels", "#Bytes out", "#Bytes in", "#Highest score").Raw("<tbody>");
        foreach (var talker in talkers)
        {
            html.Raw("<tr>").Cell("c", talker.Client).Number(talker.Findings).Number(talker.BytesOut).Number(talker.BytesIn).Number(talker.HighestScore).Raw("</tr>");
        }
        End(html);
    }

    public static void WriteResponses(Html html, ReportContent content)
    {
        if (content.Responses.Count == 0)
        {
            html.Raw("<section aria-labelledby=\"actions\"><h2 id=\"actions\">Actions taken</h2><p>No journal of actions was given to this report.</p></section>\n");
            return;
        }
        Begin(html, "actions", "Actions taken").Columns("Time", "Action", "Target", "Status", "Undone", "Where", "Changes", "Id").Raw("<tbody>");
        foreach (var response in content.Responses)
        {
            html.Raw("<tr>").Time(response.Timestamp).Element("td", response.Action.ToString()).Cell("w", response.Target).Element("td", response.Status.ToString());
            if (response.UndoneAt is { } undone) html.Time(undone);
            else html.Raw("<td></td>");
            html.Cell("w", $"{response.Provider} {response.Path}").Raw("<td class=\"w\">");
            foreach (var change in response.Changes) html.Raw("<code>").Text(change).Raw("</code><br>");
            if (response.Note is not null) html.Text(response.Note);
            html.Raw("</td>").Element("td", response.Id).Raw("</tr>");
        }
        End(html);
    }

    /// <summary>A report that does not say what was not looked at claims more than it knows.</summary>
    public static void WriteInputs(Html html, ReportContent content)
    {
        html.Raw("<section aria-labelledby=\"inputs\"><h2 id=\"inputs\">What was not seen</h2>");
        if (content.Inputs.Count == 0) html.Raw("<p>No statistics of the input were given to this report, so packets lost, names cut and DNS that was encrypted are not known.</p>");
        foreach (var input in content.Inputs)
        {
            html.Element("h3", input.Source).Element("p", input.Counts);
            if (input.Warnings is not { } warnings) continue;
            if (warnings.Length == 0)
            {
                html.Raw("<p>Nothing is known to be missing.</p>");
                continue;
            }
            html.Raw("<ul class=\"warn\">");
            foreach (var warning in warnings) html.Element("li", warning);
            html.Raw("</ul>");
        }
        html.Raw("</section>\n");
    }

    private static void WriteRow(Html html, DnsTunnelFinding finding) => html
        .Raw("<tr>").Cell("d", finding.Domain).Cell("c", finding.Client ?? "several").Number(finding.Score)
        .Element("td", finding.IsTunnel ? finding.Severity.ToString() : "no tunnel")
        .Number(finding.BytesOut).Number(finding.BytesIn).Number(finding.QueryCount).Number(finding.UniqueNames)
        .Time(finding.FirstSeen).Time(finding.LastSeen).Raw("</tr>");

    private static void Card(Html html, string name, long number) => Card(html, name, number.ToString("N0", CultureInfo.InvariantCulture));

    private static void Card(Html html, string name, string text) => html.Raw("<div>").Element("dt", name).Element("dd", text).Raw("</div>");

    private static string Size(long bytes) => bytes switch
    {
        < 1_000_000 => bytes.ToString("N0", CultureInfo.InvariantCulture),
        < 1_000_000_000 => (bytes / 1e6).ToString("0.0 MB", CultureInfo.InvariantCulture),
        _ => (bytes / 1e9).ToString("#,0.0 GB", CultureInfo.InvariantCulture),
    };

    private static Html Begin(Html html, string id, string title) => html
        .Raw($"<section aria-labelledby=\"{id}\"><h2 id=\"{id}\">").Text(title).Raw($"</h2><div class=\"scroll\" role=\"region\" aria-labelledby=\"{id}\" tabindex=\"0\"><table>");

    private static void End(Html html) => html.Raw("</tbody></table></div></section>\n");
}
