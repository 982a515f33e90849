namespace DnsTunnel.Models;

/// <summary>What a model was made from; kept in its file, so that it can be made again.</summary>
internal sealed record ModelTraining
{
    /// <summary>With which version of this module.</summary>
    public string Version { get; init; } = string.Empty;

    /// <summary>With which version of Microsoft.ML.</summary>
    public string Library { get; init; } = string.Empty;

    /// <summary>Windows it was trained on.</summary>
    public int Windows { get; init; }

    /// <summary>Captures and logs, with the SHA-256 of each.</summary>
    public IReadOnlyList<ModelSource> Sources { get; init; } = [];
}
