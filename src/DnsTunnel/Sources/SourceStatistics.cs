namespace DnsTunnel;

/// <summary>What a source of queries held and what of it could not be read; counted while it is read. All kinds of sources have these.</summary>
public abstract class SourceStatistics
{
    /// <summary>Fewer queries than this among <see cref="ManyItems"/> are news: the source is hardly one of DNS.</summary>
    private const int FewQueries = 10;

    private const int ManyItems = 1000;

    /// <summary>The file, interface or address; null for objects of the pipeline.</summary>
    public string? Source { get; init; }

    /// <summary>Queries, each transaction once.</summary>
    public abstract long Queries { get; }

    /// <summary>Time of the earliest packet of a capture or query of a log, UTC; null when there was none.</summary>
    public DateTime? FirstSeen { get; internal set; }

    /// <summary>Time of the latest, UTC; null when there was none.</summary>
    public DateTime? LastSeen { get; internal set; }

    /// <summary>What one must know of what could not be read: sentences.</summary>
    public IReadOnlyList<string> Warnings => [.. GetWarnings()];

    /// <summary>What the source is made of, and how many of it were read.</summary>
    private protected abstract (long Count, string Name) Items { get; }

    private protected virtual IEnumerable<string> GetWarnings()
    {
        var (count, name) = Items;
        if (Queries == 0) yield return $"No DNS query in it: {this}.{EmptyRemedy}";
        else if (Queries < FewQueries && count >= ManyItems) yield return FormattableString.Invariant($"Only {Queries:N0} DNS queries in {count:N0} {name}: {this}.{EmptyRemedy}");
    }

    /// <summary>What helps when there are no queries: a sentence after a space.</summary>
    private protected virtual string EmptyRemedy => string.Empty;
}
