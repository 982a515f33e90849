namespace DnsTunnel.Response.Rpz;

/// <summary>The lines that a response wrote into a zone file.</summary>
internal sealed record ZoneLines(string Id, string[] Lines);
