using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace DnsTunnel.Delivery;

/// <summary>What all formats say of a finding in the same way.</summary>
internal static class FindingSummary
{
    public const string Product = "DnsTunnel";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Version { get; } = typeof(FindingSummary).Assembly.GetName().Version?.ToString(3) ?? "0";

    /// <summary>The same for the same finding, so that receivers know what they got twice.</summary>
    public static string Id(DnsTunnelFinding finding)
    {
        var identity = string.Create(CultureInfo.InvariantCulture, $"{finding.RuleName}\n{finding.Domain}\n{finding.Client}\n{Utc(finding.WindowStart).Ticks}");
        return IdOf(identity);
    }

    /// <summary>A short name for an identity.</summary>
    public static string IdOf(string identity) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(identity)).AsSpan(0, 16)).ToLowerInvariant();

    /// <summary>The finding in a sentence; names are printable.</summary>
    public static string Sentence(DnsTunnelFinding finding) => string.Create(
        CultureInfo.InvariantCulture,
        $"DNS tunnel through {Printable.Text(finding.Domain)}, asked by {Printable.Text(finding.Client ?? "several clients")}: score {finding.Score:0.#}, at most {finding.BytesOut} bytes out and {finding.BytesIn} in");

    /// <summary>When the finding came to be.</summary>
    public static DateTime Time(DnsTunnelFinding finding) => Utc(finding.FirstDetected ?? finding.LastSeen);

    public static string Text(DateTime time) => Utc(time).ToString(TimeFormat, CultureInfo.InvariantCulture);

    public static DateTime Utc(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc);

    /// <summary>The clients with that of the finding first.</summary>
    public static IEnumerable<string> Clients(DnsTunnelFinding finding) =>
        finding.Client is null ? finding.Clients : finding.Clients.Prepend(finding.Client).Distinct();

    /// <summary>Whether it is an address in its usual form; "1" and "0x7f.1" are addresses to the parser alone.</summary>
    public static bool IsAddress(string text, out IPAddress address) =>
        IPAddress.TryParse(text, out address!) && (text.Contains(':') || text == address.ToString());
}
