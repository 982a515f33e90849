using DnsTunnel.Volume;

namespace DnsTunnel.Measurement;

/// <summary>A query that waits for its turn.</summary>
internal sealed record HeldQuery
{
    /// <summary>Time of the request in ticks, UTC.</summary>
    public required long Ticks { get; init; }

    /// <summary>A number from the client table of the replay.</summary>
    public required int Client { get; init; }

    /// <summary>The name in wire form and wire case.</summary>
    public required byte[] Name { get; init; }

    public required ushort Type { get; init; }

    public required ushort ServerPort { get; init; }

    public required bool IsNxDomain { get; init; }

    public required int QuerySize { get; init; }

    public required int ResponseSize { get; init; }

    public required AnswerData Answer { get; init; }
}
