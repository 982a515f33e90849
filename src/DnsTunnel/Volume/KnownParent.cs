using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>A name between a registered domain and a name that is asked for.</summary>
/// <param name="Key">Its identity.</param>
/// <param name="Value">What its first label is.</param>
/// <param name="Cost">What that can carry.</param>
internal readonly record struct KnownParent(NameKey Key, ulong Value, ushort Cost)
{
    /// <param name="summary">To add to.</param>
    /// <param name="facts">Of the name that is asked for.</param>
    public void AddTo(HeldSummary summary, in NameFacts facts) => summary.AddParent(Key, facts with { Cost = Cost, Value = Value });
}
