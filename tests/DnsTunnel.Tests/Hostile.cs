using System.Text;
using DnsTunnel.Names;
using DnsTunnel.Response;
using DnsTunnel.Tests.Names;

namespace DnsTunnel.Tests;

/// <summary>
/// Names that an attacker would choose. Every sink has a test over all of them: <see cref="Sinks.SinkTests"/>, and where the sink is a real
/// program or a database, the tests of its stage.
/// </summary>
internal static class Hostile
{
    /// <summary>First labels, as bytes in Latin-1; each is used below "bad.example".</summary>
    public static readonly string[] Labels =
    [
        "\"", "'", ";", "$ORIGIN", "$INCLUDE", "$GENERATE", "@", "(", ")", "\\", ".", "a.b", " ", "\t", "\n", "\r\n", "\0", "\xFF", "\x1B[31m",
        "x CNAME rpz-passthru.", "x\ny IN A 1.2.3.4\n", "a;b", "$(reboot)", "`id`", "\\010", "%n", "<b>", "a\"b", "#", "/*", "\x7F", "\x80\xA0",
        "; DnsTunnel 00000000", "</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)",
        "<!--<script>", "&lt;script&gt;", "javascript:alert(1)//", "a]b\"c\\d", "a|b=c\\d", "line\r\nCEF:0|forged|x",
        "line\n<34>1 2026-01-01T00:00:00Z forged - - - -", "\x1B]0;title\a", "{{constructor.constructor('alert(1)')()}}", "=cmd|' /C calc'!A0",
        "'; DROP TABLE domain; --", "../../etc/passwd", "..\\..\\x", "NUL", "-rf", "${jndi:ldap://x}", "\" } ; flush ruleset ; #", "END\nreboot",
    ];

    /// <summary>
    /// What texts of a finding could be: names as no reader gives them, for processes, users and hosts are named by others too, and letters
    /// that no name has.
    /// </summary>
    public static readonly string[] Texts =
    [
        .. Labels.Select(label => label + ".bad.example"), .. Labels.Select(label => Below(label).Text),
        "\u202Eevil.example", "\u2028separator\u2029.example", "\uD800lone.example", "\u2019; reboot #", new string('a', 5000),
    ];

    public static BlockedDomain Domain(string text, bool force = false) => BlockedDomain.Parse(text, PublicSuffixList.Default, force);

    /// <summary>A domain from a label of raw bytes, by way of the text that a finding has.</summary>
    public static BlockedDomain Below(string label) =>
        Domain(DnsName.ToText(WireName.FromLabels(Encoding.Latin1.GetBytes(label), "bad"u8.ToArray(), "example"u8.ToArray())));

    /// <summary>A name of the greatest length there is: 255 bytes.</summary>
    public static string Longest => $"{new string('a', 63)}.{new string('b', 63)}.{new string('c', 63)}.{new string('d', 53)}.example";
}
