namespace DnsTunnel;

/// <summary>What carried a DNS message.</summary>
public enum DnsTransport
{
    /// <summary>User datagrams (RFC 1035, section 4.2.1).</summary>
    Udp,

    /// <summary>A TCP stream with a two-byte length before each message (RFC 1035, section 4.2.2; RFC 7766).</summary>
    Tcp,
}
