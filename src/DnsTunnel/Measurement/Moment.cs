namespace DnsTunnel.Measurement;

/// <summary>A moment of a replay.</summary>
/// <param name="Ticks">When, UTC.</param>
/// <param name="Queries">Queries for names of the tunnel that had passed.</param>
/// <param name="Bytes">Upper bound of the bytes in the distinct names among them.</param>
internal readonly record struct Moment(long Ticks, long Queries, long Bytes);
