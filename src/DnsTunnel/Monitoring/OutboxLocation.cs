namespace DnsTunnel.Monitoring;

/// <summary>Where messages to a receiver wait unless the user says otherwise: beside the state of the monitor.</summary>
internal static class OutboxLocation
{
    /// <param name="state">The file of the state.</param>
    /// <param name="kind">Of the receiver.</param>
    public static string Of(string state, string kind) => $"{state}.{kind}-outbox";
}
