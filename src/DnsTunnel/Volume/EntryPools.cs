namespace DnsTunnel.Volume;

/// <summary>Where <see cref="Brief"/> summaries have their entries but the first: in a block that is as large as it must be.</summary>
internal sealed class EntryPools
{
    public const int LargestBlock = 23;

    private readonly EntryPool[] _pools = [new(3), new(7), new(15), new(LargestBlock)];

    /// <param name="block">Of the summary.</param>
    /// <param name="count">How many entries it has in it.</param>
    public Span<NameEntry> Entries(int block, int count) => count == 0 ? [] : PoolOf(count)[block][..count];

    /// <summary>Adds an entry to a block that is not the largest and full; the block may be another then.</summary>
    public void Add(ref int block, int count, in NameEntry entry)
    {
        var pool = PoolOf(count + 1);
        if (count == 0) block = pool.Rent();
        else if (PoolOf(count) is var smaller && smaller != pool)
        {
            var larger = pool.Rent();
            smaller[block].CopyTo(pool[larger]);
            smaller.Return(block);
            block = larger;
        }

        pool[block][count] = entry;
    }

    public void Return(int block, int count)
    {
        if (count > 0) PoolOf(count).Return(block);
    }

    private EntryPool PoolOf(int count) => _pools[count switch { <= 3 => 0, <= 7 => 1, <= 15 => 2, _ => 3 }];
}
