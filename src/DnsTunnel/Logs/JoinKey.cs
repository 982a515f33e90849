namespace DnsTunnel.Logs;

/// <summary>What a log tells of both a query and its answer; what a format does not write stays empty.</summary>
/// <param name="Client">Address of the client, or the flow.</param>
/// <param name="Number">Transaction id or serial number.</param>
/// <param name="Name">The name in lower case.</param>
/// <param name="Type">The type.</param>
internal readonly record struct JoinKey(string? Client, long Number, string? Name, string? Type);
