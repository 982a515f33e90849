namespace DnsTunnel.Detection;

/// <summary>The new names of some stretch of time.</summary>
/// <param name="Scale">Index in <see cref="Timescales.All"/>.</param>
/// <param name="First">Index of the first event.</param>
/// <param name="Last">Index of the last event.</param>
/// <param name="Start">Time of the first event in ticks, UTC.</param>
/// <param name="End">Time of the last event in ticks, UTC.</param>
/// <param name="Sums">Over the events.</param>
internal readonly record struct NameWindow(int Scale, int First, int Last, long Start, long End, NameSums Sums);
