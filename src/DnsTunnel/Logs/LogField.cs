namespace DnsTunnel.Logs;

/// <summary>What a column or member of a log can mean for a query.</summary>
internal enum LogField
{
    None,
    Time,

    /// <summary>A time that is UTC though it does not say so.</summary>
    UtcTime,
    ClientAddress,

    /// <summary>Address and port in one.</summary>
    ClientEndpoint,
    ClientPort,
    ServerAddress,
    ServerPort,
    Transport,
    Id,
    Name,
    Type,
    TypeNumber,
    Class,
    ClassNumber,
    ResponseCode,
    ResponseNumber,
    Answer,
    AnswerCount,
    QuerySize,
    ResponseSize,
    HostName,
    ProcessId,

    ProcessName,

    /// <summary>Path of the program, whose end is its name.</summary>
    ProcessPath,
    UserName,

    /// <summary>Where the query was seen; in some tables, the client.</summary>
    Source,

    /// <summary>Kind of record, as its format names it: what it means is for the parser to say.</summary>
    Kind,

    /// <summary>Anything else the parser asks for.</summary>
    Extra,
}
