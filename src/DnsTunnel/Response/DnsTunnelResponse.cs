using DnsTunnel.Response.Steps;

namespace DnsTunnel;

/// <summary>One containment action as the journal holds it.</summary>
public sealed record DnsTunnelResponse
{
    /// <summary>Identifies the action; what Undo-DnsTunnelResponse takes.</summary>
    public string Id { get; init; } = string.Empty;

    /// <summary>What was done.</summary>
    public DnsTunnelAction Action { get; init; }

    /// <summary>What it was done to, in printable ASCII: the domain in lower case, the host, the process, the account.</summary>
    public string Target { get; init; } = string.Empty;

    /// <summary>What carried it out, such as Rpz.</summary>
    public string Provider { get; init; } = string.Empty;

    /// <summary>The host that it was done on through a session; null for this one.</summary>
    public string? ComputerName { get; init; }

    /// <summary>The file, service or rule set that was changed.</summary>
    public string? Path { get; init; }

    /// <summary>How far it got.</summary>
    public DnsTunnelResponseStatus Status { get; init; }

    /// <summary>The exact lines, rules or commands.</summary>
    public string[] Changes { get; init; } = [];

    /// <summary>When it was begun, UTC.</summary>
    public DateTime Timestamp { get; init; }

    /// <summary>When it ends by itself, UTC; null when only undo ends it.</summary>
    public DateTime? ExpiresAt { get; init; }

    /// <summary>When it was undone, UTC; null while it stands.</summary>
    public DateTime? UndoneAt { get; init; }

    /// <summary>The score of the finding that asked for it; null when it was asked for by name.</summary>
    public double? Score { get; init; }

    /// <summary>The reasons of the finding that asked for it.</summary>
    public string[] Reasons { get; init; } = [];

    /// <summary>The clients of the finding that asked for it.</summary>
    public string[] Clients { get; init; } = [];

    /// <summary>What there is to say about the status: why it failed, what undo found; null when nothing.</summary>
    public string? Note { get; init; }

    /// <summary>The journal that holds this.</summary>
    public string? JournalPath { get; init; }

    /// <summary>What it is made of, with how far each part got.</summary>
    internal StepRecord[] Steps { get; init; } = [];

    internal DnsTunnelResponse WithStep(int index, Func<StepRecord, StepRecord> change) =>
        this with { Steps = [.. Steps.Select((step, i) => i == index ? change(step) : step)] };

    /// <summary>Whether there can be something to undo.</summary>
    internal bool IsOpen => Status is DnsTunnelResponseStatus.Pending or DnsTunnelResponseStatus.Applied;

    /// <summary>Action, target and status in one line.</summary>
    public override string ToString() => $"{Action} {Target} ({Status})";
}
