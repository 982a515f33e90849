using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DnsTunnel.Delivery;

/// <summary>Where a syslog server listens: a name or address, with a port or without.</summary>
internal sealed record SyslogEndpoint(string Host, int Port)
{
    /// <summary>Reads host, host:port, an address of IPv6 as it is, and [address]:port. The ports: RFC 5426, RFC 6587 (as rsyslog has it), RFC 5425.</summary>
    public static bool TryParse(string text, SyslogTransport transport, [NotNullWhen(true)] out SyslogEndpoint? endpoint)
    {
        endpoint = null;
        var port = transport == SyslogTransport.Tls ? 6514 : 514;
        var host = text.Trim();
        if (host.StartsWith('['))
        {
            var end = host.IndexOf(']');
            if (end < 0 || (end + 1 < host.Length && !TryParsePort(host[(end + 1)..], out port))) return false;
            host = host[1..end];
        }
        else if (host.Count(c => c == ':') == 1)
        {
            var colon = host.IndexOf(':');
            if (!TryParsePort(host[colon..], out port)) return false;
            host = host[..colon];
        }
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown) return false;
        endpoint = new SyslogEndpoint(host, port);
        return true;
    }

    public override string ToString() => Host.Contains(':')
        ? string.Create(CultureInfo.InvariantCulture, $"[{Host}]:{Port}")
        : string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private static bool TryParsePort(string text, out int port)
    {
        port = 0;
        return text[0] == ':' && int.TryParse(text.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= ushort.MaxValue;
    }
}
