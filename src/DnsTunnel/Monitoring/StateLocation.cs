using DnsTunnel.Response.Journal;

namespace DnsTunnel.Monitoring;

/// <summary>Where the state of a monitor is unless the user says otherwise: beside the journal of responses.</summary>
internal static class StateLocation
{
    public static string Default => Path.Combine(Path.GetDirectoryName(JournalLocation.Default)!, "monitor.json");

    /// <summary>Where messages to a receiver wait.</summary>
    /// <param name="state">The file of the state.</param>
    /// <param name="kind">Of the receiver.</param>
    public static string OutboxOf(string state, string kind) => $"{state}.{kind}-outbox";
}
