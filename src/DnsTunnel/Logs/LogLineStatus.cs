namespace DnsTunnel.Logs;

/// <summary>What became of a line.</summary>
internal enum LogLineStatus
{
    /// <summary>It was a query, or belonged to one.</summary>
    Query,

    /// <summary>It has another subject: a comment, a start-up message, another protocol.</summary>
    NoQuery,

    /// <summary>It is longer than any line that is read.</summary>
    TooLong,

    /// <summary>It has not the shape of its format.</summary>
    Malformed,

    /// <summary>Its time cannot be read.</summary>
    BadTime,

    /// <summary>Its name is no domain name.</summary>
    BadName,
}
