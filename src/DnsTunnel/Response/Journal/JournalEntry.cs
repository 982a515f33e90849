using System.Text.Json.Serialization;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Journal;

/// <summary>A line of the journal: the whole state of one response. The last line of an id is the one that holds.</summary>
internal sealed record JournalEntry
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("v"), JsonPropertyOrder(-1)] public int Version { get; init; }

    /// <summary>The SHA-256 of the last line before that could be read, in hexadecimal; empty in the first: no line can be changed, moved or taken out unseen.</summary>
    [JsonPropertyOrder(-1)] public string? Previous { get; init; }
    public required string Id { get; init; }
    public required DnsTunnelAction Action { get; init; }
    public required string Target { get; init; }
    public required string Provider { get; init; }
    public string? Path { get; init; }
    public required DnsTunnelResponseStatus Status { get; init; }
    public required StepRecord[] Steps { get; init; }
    public required DateTime Timestamp { get; init; }
    public DateTime? ExpiresAt { get; init; }
    public DateTime? UndoneAt { get; init; }
    public string? ComputerName { get; init; }
    public double? Score { get; init; }
    public string[]? Reasons { get; init; }
    public string[]? Clients { get; init; }
    public string? Note { get; init; }

    public static JournalEntry From(DnsTunnelResponse response, string previous) => new()
    {
        Version = CurrentVersion,
        Previous = previous,
        Id = response.Id,
        Action = response.Action,
        Target = response.Target,
        Provider = response.Provider,
        Path = response.Path,
        Status = response.Status,
        Steps = response.Steps,
        Timestamp = response.Timestamp,
        ExpiresAt = response.ExpiresAt,
        UndoneAt = response.UndoneAt,
        ComputerName = response.ComputerName,
        Score = response.Score,
        Reasons = response.Reasons,
        Clients = response.Clients,
        Note = response.Note,
    };

    public DnsTunnelResponse ToResponse(string journalPath) => new()
    {
        Id = Id,
        Action = Action,
        Target = Target,
        Provider = Provider,
        Path = Path,
        Status = Status,
        Steps = Steps,
        Changes = [.. Steps.SelectMany(step => step.Changes)],
        Timestamp = Timestamp,
        ExpiresAt = ExpiresAt,
        UndoneAt = UndoneAt,
        ComputerName = ComputerName,
        Score = Score,
        Reasons = Reasons ?? [],
        Clients = Clients ?? [],
        Note = Note,
        JournalPath = journalPath,
    };
}
