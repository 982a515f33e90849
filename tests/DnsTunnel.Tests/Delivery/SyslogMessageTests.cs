using System.Text;
using System.Text.RegularExpressions;
using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

public sealed partial class SyslogMessageTests
{
    /// <summary>What rsyslog takes at most unless it is told otherwise.</summary>
    private const int Longest = 8192;

    private static readonly DateTime s_now = new(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Hostile => [.. Findings.HostileTexts];

    [Theory]
    [InlineData("a|b", @"a\|b")]
    [InlineData(@"a\b", @"a\\b")]
    [InlineData("a=b", "a=b")]
    [InlineData(@"a\|b", @"a\\\|b")]
    [InlineData("a\r\nb", @"a\\u000D\\u000Ab")]
    public void Cef_header_is_escaped(string text, string expected) => Assert.Equal(expected, CefText.Header(text));

    [Theory]
    [InlineData("a=b", @"a\=b")]
    [InlineData(@"a\b", @"a\\b")]
    [InlineData("a|b", "a|b")]
    [InlineData(@"\=", @"\\\=")]
    [InlineData("a\nact=forged", @"a\\u000Aact\=forged")]
    [InlineData(@"\034.example", @"\\034.example")]
    public void Cef_extension_is_escaped(string text, string expected) => Assert.Equal(expected, CefText.Extension(text));

    [Theory]
    [InlineData("a\"b", "a\\\"b")]
    [InlineData("a]b", "a\\]b")]
    [InlineData("a\\b", "a\\\\b")]
    [InlineData("a[b", "a[b")]
    [InlineData("\\\"]", "\\\\\\\"\\]")]
    public void Structured_data_is_escaped(string text, string expected) => Assert.Equal(expected, SyslogMessage.Value(text));

    [Fact]
    public void Cef_has_its_header_and_keys()
    {
        var text = CefMessage.Write(Findings.Make());

        Assert.Matches(@"^CEF:0\|DnsTunnel\|DnsTunnel\|\d+\.\d+\.\d+\|T1572\|DNS Tunneling\|7\|rt=1795510860000 ", text);
        Assert.Contains(" src=192.0.2.7 ", text);
        Assert.Contains(" destinationDnsDomain=tunnel.example ", text);
        Assert.Contains(" cnt=1240 out=10946 in=86830 ", text);
        Assert.Contains(" cfp1Label=Score cfp1=99.8 ", text);
    }

    [Theory]
    [InlineData("2001:db8::1", " c6a2Label=Source IPv6 Address c6a2=2001:db8::1 ")]
    [InlineData("HOST-7", " shost=HOST-7 ")]
    public void Cef_tells_addresses_from_names(string client, string expected) => Assert.Contains(expected, CefMessage.Write(Findings.Make(client: client)));

    [Theory]
    [InlineData(DnsTunnelSeverity.Low, 37)]
    [InlineData(DnsTunnelSeverity.Medium, 36)]
    [InlineData(DnsTunnelSeverity.High, 35)]
    [InlineData(DnsTunnelSeverity.Critical, 34)]
    public void Priority_follows_the_severity(DnsTunnelSeverity severity, int priority)
    {
        var finding = new DnsTunnelFinding { Domain = "a.example", IsTunnel = true, Severity = severity };
        Assert.StartsWith($"<{priority}>1 ", Text(finding, SyslogFormat.Rfc5424));
    }

    [Theory, MemberData(nameof(Hostile))]
    public void A_hostile_text_stays_inside_its_value(string text)
    {
        foreach (var format in Enum.GetValues<SyslogFormat>())
        {
            var message = SyslogMessage.Write(Findings.Hostile(text), format, s_now);
            Assert.True(message.Length < Longest, $"{message.Length} bytes");
            Assert.DoesNotContain(message, b => b is < 0x20 or 0x7F);
            Assert.Matches(format == SyslogFormat.Cef ? Cef() : Rfc5424(), Encoding.UTF8.GetString(message));
        }
    }

    [Theory]
    [InlineData("siem.example.com:6514", SyslogTransport.Tls, "siem.example.com:6514")]
    [InlineData("siem", SyslogTransport.Udp, "siem:514")]
    [InlineData("siem", SyslogTransport.Tls, "siem:6514")]
    [InlineData("192.0.2.9:5140", SyslogTransport.Tcp, "192.0.2.9:5140")]
    [InlineData("[2001:db8::9]:514", SyslogTransport.Tcp, "[2001:db8::9]:514")]
    [InlineData("2001:db8::9", SyslogTransport.Tcp, "[2001:db8::9]:514")]
    [InlineData("", SyslogTransport.Udp, null)]
    [InlineData("host:", SyslogTransport.Udp, null)]
    [InlineData("host:0", SyslogTransport.Udp, null)]
    [InlineData("host:65536", SyslogTransport.Udp, null)]
    [InlineData("host:+5", SyslogTransport.Udp, null)]
    [InlineData("[2001:db8::9", SyslogTransport.Udp, null)]
    [InlineData("[2001:db8::9]514", SyslogTransport.Udp, null)]
    [InlineData("ho st:514", SyslogTransport.Udp, null)]
    [InlineData("http://host:514", SyslogTransport.Udp, null)]
    public void Endpoints_are_read(string text, SyslogTransport transport, string? expected) =>
        Assert.Equal(expected, SyslogEndpoint.TryParse(text, transport, out var endpoint) ? endpoint.ToString() : null);

    private static string Text(DnsTunnelFinding finding, SyslogFormat format) => Encoding.UTF8.GetString(SyslogMessage.Write(finding, format, s_now));

    /// <summary>The grammar of RFC 5424, 6, with one element of structured data that ends where it should.</summary>
    [GeneratedRegex("""^<\d{1,3}>1 \S+ \S+ DnsTunnel \d+ Finding \[dnsTunnel@32473( [a-zA-Z]+="([^"\\\]]|\\["\\\]])*")+\] \uFEFF?DNS tunnel through .*$""")]
    private static partial Regex Rfc5424();

    /// <summary>Seven fields, then keys of the dictionary with values in which = and \ are escaped.</summary>
    [GeneratedRegex("""^<\d{1,3}>1 \S+ \S+ DnsTunnel \d+ Finding - CEF:0\|DnsTunnel\|DnsTunnel\|[\d.]+\|T1572\|DNS Tunneling\|\d+\|((rt|start|end|externalId|app|src|shost|c6a2|c6a2Label|destinationDnsDomain|cnt|out|in|cn1|cfp1|cs1|cs2|cs3|cs4|cn1Label|cfp1Label|cs1Label|cs2Label|cs3Label|cs4Label|reason|msg)=([^=\\]|\\[=\\])*)+$""")]
    private static partial Regex Cef();
}
