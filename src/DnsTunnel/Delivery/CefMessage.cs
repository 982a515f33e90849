using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace DnsTunnel.Delivery;

/// <summary>A finding as an event of the Common Event Format, version 0. Keys are those of the standard's dictionary.</summary>
internal static class CefMessage
{
    public static string Write(DnsTunnelFinding finding)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"CEF:0|{FindingSummary.Product}|{FindingSummary.Product}|{FindingSummary.Version}|");
        text.Append(CultureInfo.InvariantCulture, $"{CefText.Header(finding.Technique)}|{CefText.Header(finding.RuleName)}|{Math.Clamp(finding.RiskScore / 10, 0, 10)}|");
        Add(text, "rt", Milliseconds(FindingSummary.Time(finding)));
        Add(text, "start", Milliseconds(finding.FirstSeen));
        Add(text, "end", Milliseconds(finding.LastSeen));
        Add(text, "externalId", FindingSummary.Id(finding));
        Add(text, "app", "dns");
        AddClient(text, finding.Client);
        Add(text, "destinationDnsDomain", finding.Domain);
        Add(text, "cnt", Number(finding.QueryCount));
        Add(text, "out", Number(finding.BytesOut));
        Add(text, "in", Number(finding.BytesIn));
        AddCustom(text, "cn1", "UniqueNames", Number(finding.UniqueNames));
        AddCustom(text, "cfp1", "Score", finding.Score.ToString("0.#", CultureInfo.InvariantCulture));
        AddCustom(text, "cs1", "Severity", finding.Severity.ToString());
        if (finding.Tool is not null) AddCustom(text, "cs2", "Tool", finding.Tool);
        AddCustom(text, "cs3", "Tactic", finding.Tactic);
        if (finding.SampleNames.Length > 0) AddCustom(text, "cs4", "SampleName", finding.SampleNames[0]);
        if (finding.Reasons.Length > 0) Add(text, "reason", finding.Reasons[0]);
        Add(text, "msg", FindingSummary.Sentence(finding));
        text.Length--;
        return text.ToString();
    }

    /// <summary>src is of the type IPv4 address; IPv6 has a custom field of its own, and what is no address is a host name.</summary>
    private static void AddClient(StringBuilder text, string? client)
    {
        if (client is null) return;
        if (!FindingSummary.IsAddress(client, out var address)) Add(text, "shost", client);
        else if (address.AddressFamily == AddressFamily.InterNetwork) Add(text, "src", address.ToString());
        else AddCustom(text, "c6a2", "Source IPv6 Address", address.ToString());
    }

    private static void AddCustom(StringBuilder text, string key, string label, string value)
    {
        Add(text, key + "Label", label);
        Add(text, key, value);
    }

    private static void Add(StringBuilder text, string key, string value) => text.Append(key).Append('=').Append(CefText.Extension(value)).Append(' ');

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Milliseconds(DateTime time) => Number(new DateTimeOffset(FindingSummary.Utc(time)).ToUnixTimeMilliseconds());
}
