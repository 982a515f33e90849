namespace DnsTunnel.Logs.Formats;

/// <summary>What an event of Windows tells.</summary>
internal enum WindowsEventKind
{
    /// <summary>Something else, or a query that another event tells of.</summary>
    Other,

    /// <summary>A query and what came of it.</summary>
    LookUp,

    /// <summary>A query that a server got.</summary>
    Query,

    /// <summary>What a server answered.</summary>
    Response,
}
