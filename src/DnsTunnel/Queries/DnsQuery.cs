namespace DnsTunnel;

/// <summary>One DNS transaction: a request and, when it was seen, its response. Retransmissions are the same transaction.</summary>
public sealed class DnsQuery
{
    /// <summary>When the (first) request was seen, in UTC.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>The address that asked, as text; null where the source does not tell.</summary>
    public string? ClientAddress { get; init; }

    /// <summary>The port that asked; 0 where the source does not tell.</summary>
    public int ClientPort { get; init; }

    /// <summary>The address that was asked, as text; null where the source does not tell.</summary>
    public string? ServerAddress { get; init; }

    /// <summary>The port that was asked; 0 where the source does not tell.</summary>
    public int ServerPort { get; init; }

    /// <summary>UDP or TCP.</summary>
    public DnsTransport Transport { get; init; }

    /// <summary>The transaction id of the message header.</summary>
    public int Id { get; init; }

    /// <summary>
    /// The name asked for, in the case it had on the wire and without a final dot (the root is "."). Bytes that are not printable
    /// ASCII are written \DDD, a dot or backslash inside a label \. and \\ (RFC 1035, section 5.1; RFC 4343, section 2.1).
    /// </summary>
    public string QueryName { get; init; } = ".";

    /// <summary>The type asked for, by its IANA name (A, TXT …) or TYPEn (RFC 3597); empty where the source does not tell.</summary>
    public string QueryType { get; init; } = "A";

    /// <summary>The class asked for: IN, CH, HS, NONE, ANY or CLASSn (RFC 3597).</summary>
    public string QueryClass { get; init; } = "IN";

    /// <summary>The response code by its IANA name (NOERROR, NXDOMAIN …); null when no response was seen.</summary>
    public string? ResponseCode { get; init; }

    /// <summary>How many records the answer section held.</summary>
    public int AnswerCount { get; init; }

    /// <summary>The RDATA of the answers as text; empty when there were none.</summary>
    public string[] Answers { get; init; } = [];

    /// <summary>The size of the request message in bytes; 0 where the source does not tell.</summary>
    public int QuerySize { get; init; }

    /// <summary>The size of the response message in bytes; 0 when none was seen or the source does not tell.</summary>
    public int ResponseSize { get; init; }

    /// <summary>
    /// The registered domain (one label below the longest public suffix, private suffixes included) in lower case;
    /// null for names that have none, such as a single label or a public suffix itself.
    /// </summary>
    public string? RegisteredDomain { get; init; }

    /// <summary>What stands before the registered domain, without the dot between; null when nothing does.</summary>
    public string? Subdomain { get; init; }

    /// <summary>The name of the host that asked, where the source tells it.</summary>
    public string? HostName { get; init; }

    /// <summary>The process that asked, where the source tells it.</summary>
    public int? ProcessId { get; init; }

    /// <summary>The name of the process that asked, where the source tells it.</summary>
    public string? ProcessName { get; init; }

    /// <summary>The path of the program of that process, where the source tells it.</summary>
    public string? ProcessPath { get; init; }

    /// <summary>The account the process ran under, where the source tells it.</summary>
    public string? UserName { get; init; }

    /// <summary>Where this came from: the path of the file, or the interface.</summary>
    public string? Source { get; init; }
}
