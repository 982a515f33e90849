using DnsTunnel.Exceptions;

namespace DnsTunnel.History;

/// <summary>Where the history is unless the user says otherwise: beside the exceptions, for it is data of the same kind.</summary>
internal static class HistoryLocation
{
    public static string Default => Path.Combine(Path.GetDirectoryName(ExceptionLocation.Default)!, "history.db");
}
