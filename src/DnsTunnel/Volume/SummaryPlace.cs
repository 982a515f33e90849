namespace DnsTunnel.Volume;

/// <summary>Where the summary of a volume is. One in a table is to be read before the table changes.</summary>
internal readonly struct SummaryPlace
{
    private readonly object? _holder;
    private readonly int _index;

    public SummaryPlace(DomainSummary summary) => _holder = summary;

    public SummaryPlace(SummaryTable table, int index) => (_holder, _index) = (table, index);

    public bool IsSomewhere => _holder is not null;

    /// <summary>Distinct answers.</summary>
    public long Answers => _holder is SummaryTable table ? table[_index].Weight.Answers : ((DomainSummary?)_holder)?.Weight.Answers ?? 0;

    /// <inheritdoc cref="DomainSummary.CopyTo"/>
    public void CopyTo(List<HeldName> names)
    {
        if (_holder is SummaryTable table) table[_index].CopyTo(names);
        else ((DomainSummary?)_holder)?.CopyTo(names);
    }

    /// <summary>Adds what is known to a summary.</summary>
    public void AddTo(DomainSummary summary)
    {
        if (_holder is SummaryTable table) table[_index].AddTo(summary);
        else if (_holder is DomainSummary held) summary.Merge(held);
    }

    /// <summary>The summary, or a copy; null when there is none.</summary>
    public DomainSummary? Summary => _holder is SummaryTable table ? table[_index].ToSummary() : (DomainSummary?)_holder;
}
