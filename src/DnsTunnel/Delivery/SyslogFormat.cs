namespace DnsTunnel;

/// <summary>What a syslog message holds.</summary>
public enum SyslogFormat
{
    /// <summary>RFC 5424: the facts as structured data, and a sentence for people.</summary>
    Rfc5424,

    /// <summary>The header of RFC 5424, and an ArcSight Common Event Format event as its message.</summary>
    Cef,
}
