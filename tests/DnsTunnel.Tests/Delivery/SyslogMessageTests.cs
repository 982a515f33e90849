using System.Text;
using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

public sealed class SyslogMessageTests
{
    private static readonly DateTime s_now = new(2026, 11, 24, 10, 0, 0, DateTimeKind.Utc);

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
}
