namespace DnsTunnel.Logs;

/// <summary>How a log writes bytes of names that are not printable.</summary>
internal enum LogEscapes
{
    /// <summary>As they are, or not at all: a backslash is a backslash.</summary>
    None,

    /// <summary><c>\DDD</c> and <c>\X</c> (RFC 1035, section 5.1): BIND, CoreDNS, PowerDNS.</summary>
    Decimal,

    /// <summary><c>\xHH</c> and <c>\\</c>: Zeek, Suricata.</summary>
    Hexadecimal,

    /// <summary><c>\OOO</c> and <c>\X</c>: Route 53, Windows DNS Server.</summary>
    Octal,
}
