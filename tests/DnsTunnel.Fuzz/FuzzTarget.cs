namespace DnsTunnel.Fuzz;

/// <summary>A reader of bytes that others wrote.</summary>
/// <param name="Name">It is called by, and its corpus.</param>
/// <param name="Read">
/// Reads a whole input, and throws nothing for what may be wrong with it; returns how many things it found.
/// </param>
internal sealed record FuzzTarget(string Name, Func<byte[], long> Read)
{
    /// <summary>Small inputs to begin with.</summary>
    public string[] Corpus =>
        [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "corpus", Name)).Order(StringComparer.Ordinal)];

    public override string ToString() => Name;
}
