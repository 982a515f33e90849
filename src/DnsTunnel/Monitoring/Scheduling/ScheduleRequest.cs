namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>A monitor that is to be started by something else than a person.</summary>
internal sealed record ScheduleRequest
{
    public required string Name { get; init; }

    public required DnsTunnelMonitorScope Scope { get; init; }

    /// <summary>How often it runs; null when it runs on and on.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>The program and its arguments.</summary>
    public required string[] Command { get; init; }

    /// <summary>The script that is among the arguments, for people.</summary>
    public required string Script { get; init; }

    /// <summary>Folders that it writes to, that of its state first.</summary>
    public required string[] WritablePaths { get; init; }

    /// <summary>Whether it captures packets.</summary>
    public bool Captures { get; init; }

    /// <summary>As every scheduler names it.</summary>
    public string Unit => UnitOf(Name);

    /// <summary>The first line of every file that is written: what does not begin so is not ours to change.</summary>
    public string Mark => MarkOf(Name);

    public static string UnitOf(string name) => $"dnstunnel-monitor-{name}";

    public static string MarkOf(string name) => $"# DnsTunnel monitor {name}";
}
