namespace DnsTunnel.Delivery;

/// <summary>What a notice is of.</summary>
internal enum SourceNoticeKind
{
    /// <summary>No query was seen for long.</summary>
    Silent,

    /// <summary>Queries are seen again.</summary>
    Back,

    /// <summary>Packets were lost before they were read.</summary>
    Dropped,
}
