namespace DnsTunnel.Dnstap;

/// <summary>What a connection hands over to who reads the server.</summary>
/// <param name="Connection">The number of the connection.</param>
/// <param name="Bytes">A frame; null at the end of the connection.</param>
/// <param name="Problem">Why it ended, when it was not its sender's wish.</param>
internal readonly record struct DnstapFrame(int Connection, byte[]? Bytes, string? Problem);
