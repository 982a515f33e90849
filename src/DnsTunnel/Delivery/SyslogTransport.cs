namespace DnsTunnel;

/// <summary>How syslog messages travel.</summary>
public enum SyslogTransport
{
    /// <summary>One datagram a message (RFC 5426); nobody knows whether it arrives.</summary>
    Udp,

    /// <summary>A stream with octet counting (RFC 6587, 3.4.1).</summary>
    Tcp,

    /// <summary>The same inside TLS (RFC 5425); the receiver proves who it is.</summary>
    Tls,
}
