using System.Text.Json;

namespace DnsTunnel.Report;

/// <summary>
/// The findings as JSON for the script of the report. The default encoder writes &lt;, &gt;, &amp;, quotes and all that is not ASCII as
/// \uXXXX, so nothing in it can end the element that it stands in.
/// </summary>
internal static class ReportData
{
    private const int MostPoints = 200;
    private const int MostClients = 50;
    private const int MostSamples = 10;

    /// <summary>Writes after each so many findings, for the writer holds what it has not written.</summary>
    private const int FlushEvery = 64;

    public static void Write(Stream output, IReadOnlyList<DnsTunnelFinding> findings)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartArray();
        for (var i = 0; i < findings.Count; i++)
        {
            Write(json, findings[i]);
            if (i % FlushEvery == 0) json.Flush();
        }
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, DnsTunnelFinding finding)
    {
        json.WriteStartObject();
        json.WriteString("domain", Printable.Text(finding.Domain));
        json.WriteString("client", Printable.Text(finding.Client ?? "several"));
        json.WriteBoolean("tunnel", finding.IsTunnel);
        json.WriteNumber("score", Finite(finding.Score));
        json.WriteNumber("severity", (int)finding.Severity);
        json.WriteNumber("risk", finding.RiskScore);
        json.WriteNumber("queries", finding.QueryCount);
        json.WriteNumber("names", finding.UniqueNames);
        json.WriteNumber("out", finding.BytesOut);
        json.WriteNumber("in", finding.BytesIn);
        json.WriteNumber("first", Seconds(finding.FirstSeen));
        json.WriteNumber("last", Seconds(finding.LastSeen));
        if (finding.FirstDetected is { } detected) json.WriteNumber("detected", Seconds(detected));
        json.WriteNumber("scale", finding.Timescale.TotalSeconds);
        if (finding.Tool is not null) json.WriteString("tool", Printable.Text(finding.Tool));
        if (finding.Exception is not null) json.WriteString("exception", Printable.Text(finding.Exception));
        json.WriteString("technique", Printable.Text(finding.Technique));
        WriteTexts(json, "reasons", finding.Reasons, int.MaxValue);
        WriteTexts(json, "samples", finding.SampleNames, MostSamples);
        WriteTexts(json, "clients", finding.Clients, MostClients);
        json.WriteNumber("clientCount", finding.Clients.Length);
        WriteTexts(json, "processes", finding.Processes, MostClients);
        WriteTexts(json, "related", finding.RelatedDomains, MostClients);
        WriteFeatures(json, finding);
        WriteWindows(json, finding.Windows);
        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, string[] texts, int most)
    {
        if (texts.Length == 0) return;
        json.WriteStartArray(name);
        foreach (var text in texts.Take(most)) json.WriteStringValue(Printable.Text(text));
        json.WriteEndArray();
    }

    private static void WriteFeatures(Utf8JsonWriter json, DnsTunnelFinding finding)
    {
        json.WriteStartArray("features");
        foreach (var (name, feature) in finding.Features.OrderByDescending(f => Math.Abs(f.Value.Contribution)).ThenBy(f => f.Key, StringComparer.Ordinal))
        {
            json.WriteStartArray();
            json.WriteStringValue(Printable.Text(name));
            json.WriteNumberValue(Math.Round(Finite(feature.Value), 3));
            json.WriteNumberValue(Math.Round(Finite(feature.Contribution), 3));
            json.WriteEndArray();
        }
        json.WriteEndArray();
    }

    /// <summary>Times, queries and bytes, each a list; neighbours are added up where there are more than a plot can show.</summary>
    private static void WriteWindows(Utf8JsonWriter json, DomainVolume[] windows)
    {
        if (windows.Length == 0) return;
        var points = windows.Chunk((windows.Length + MostPoints - 1) / MostPoints)
            .Select(chunk => (Time: Seconds(chunk[0].WindowStart), Queries: chunk.Sum(w => w.QueryCount), Bytes: chunk.Sum(w => w.InformationBytes))).ToArray();
        json.WriteStartArray("windows");
        WriteNumbers(json, points.Select(p => p.Time));
        WriteNumbers(json, points.Select(p => p.Queries));
        WriteNumbers(json, points.Select(p => p.Bytes));
        json.WriteEndArray();
        json.WriteNumber("window", Seconds(windows[0].WindowEnd) - Seconds(windows[0].WindowStart));
    }

    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<long> numbers)
    {
        json.WriteStartArray();
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static double Finite(double number) => double.IsFinite(number) ? number : 0;

    private static long Seconds(DateTime time) => (DateTime.SpecifyKind(time, DateTimeKind.Utc) - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
}
