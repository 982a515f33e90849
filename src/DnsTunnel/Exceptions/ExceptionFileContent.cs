namespace DnsTunnel.Exceptions;

/// <summary>What a file of exceptions holds.</summary>
internal sealed record ExceptionFileContent
{
    /// <summary>The only version there is.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Zero in JSON that is something else.</summary>
    public int Version { get; init; }

    public DnsTunnelException[] Exceptions { get; init; } = [];
}
