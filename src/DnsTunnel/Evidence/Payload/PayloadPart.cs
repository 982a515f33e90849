namespace DnsTunnel.Evidence.Payload;

/// <summary>What one name holds.</summary>
/// <param name="Codec">How it is written.</param>
/// <param name="Header">What its header says; null when it has none.</param>
/// <param name="Data">The bytes behind the header, as they stand in the name.</param>
internal sealed record PayloadPart(string Codec, string? Header, byte[] Data);
