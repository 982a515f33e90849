namespace DnsTunnel.Volume;

/// <summary>What decides whether a summary is worth a closer look.</summary>
/// <param name="Names">Distinct names.</param>
/// <param name="Cost">What all names carry, by <see cref="LabelCode"/>.</param>
/// <param name="Answers">Distinct answers.</param>
/// <param name="Clients">Distinct clients; 0 when they are told apart elsewhere.</param>
internal readonly record struct SummaryWeight(long Names, long Cost, long Answers, long Clients)
{
    /// <summary>Of two windows together; names that both have count twice.</summary>
    public static SummaryWeight operator +(in SummaryWeight a, in SummaryWeight b) =>
        new(a.Names + b.Names, a.Cost + b.Cost, a.Answers + b.Answers, Math.Max(a.Clients, b.Clients));
}
