namespace DnsTunnel;

/// <summary>A line of a log that could not be read.</summary>
/// <param name="Line">Its number, from 1; for XML the number of the event.</param>
/// <param name="Cause">What is wrong with it.</param>
public sealed record LogLineError(long Line, string Cause);
