namespace DnsTunnel.Monitoring;

/// <summary>
/// Gives back what looks leave behind. A look puts together what it judges and drops it again; some of that outlives a collection or two, and
/// the collector then lets it lie: 766 MB were in use where 292 MB were held, after two days of 450,000 queries.
/// </summary>
internal sealed class HeapTrim
{
    /// <summary>Less is not worth the pause.</summary>
    private const long Spare = 64 << 20;

    private long _held;

    /// <summary>Collects when more than half of what is held, and <see cref="Spare"/>, has come since the last time.</summary>
    public void TrimWhenDue()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) <= _held + (_held / 2) + Spare) return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _held = GC.GetTotalMemory(forceFullCollection: false);
    }
}
