namespace DnsTunnel.Response;

/// <summary>What became of a request.</summary>
/// <param name="Response">The response as the journal now has it.</param>
/// <param name="Changed">False when there was nothing to do: already in force, already undone.</param>
internal readonly record struct ResponseOutcome(DnsTunnelResponse Response, bool Changed);
