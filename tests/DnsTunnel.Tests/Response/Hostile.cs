using System.Text;
using DnsTunnel.Names;
using DnsTunnel.Response;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests.Response;

/// <summary>Names that an attacker would choose, and what is shared by the tests of the response stage.</summary>
internal static class Hostile
{
    /// <summary>First labels, as bytes in Latin-1; each is used below "bad.example".</summary>
    public static readonly string[] Labels =
    [
        "\"", "'", ";", "$ORIGIN", "$INCLUDE", "$GENERATE", "@", "(", ")", "\\", ".", "a.b", " ", "\t", "\n", "\r\n", "\0", "\xFF", "\x1B[31m",
        "x CNAME rpz-passthru.", "x\ny IN A 1.2.3.4\n", "a;b", "$(reboot)", "`id`", "\\010", "%n", "<b>", "a\"b", "#", "/*", "\x7F", "\x80\xA0",
        "; DnsTunnel 00000000",
    ];

    public static BlockedDomain Domain(string text, bool force = false) => BlockedDomain.Parse(text, PublicSuffixList.Default, force);

    /// <summary>A domain from a label of raw bytes, by way of the text that a finding has.</summary>
    public static BlockedDomain Below(string label) =>
        Domain(DnsName.ToText(WireName.FromLabels(Encoding.Latin1.GetBytes(label), "bad"u8.ToArray(), "example"u8.ToArray())));

    /// <summary>A name of the greatest length there is: 255 bytes.</summary>
    public static string Longest => $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.{new string('d', 53)}.example";
}
