namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>A monitor was not registered or taken away.</summary>
internal sealed class ScheduleException(ScheduleError error, string message, Exception? inner = null) : Exception(message, inner)
{
    public ScheduleError Error { get; } = error;
}
