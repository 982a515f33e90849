namespace DnsTunnel;

/// <summary>What queries are written as.</summary>
public enum DnsQueryFormat
{
    /// <summary>Elastic Common Schema, one JSON object a line.</summary>
    EcsNdjson,

    /// <summary>Zeek's dns.log, tab-separated with its header lines.</summary>
    ZeekTsv,
}
