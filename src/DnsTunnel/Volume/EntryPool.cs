using System.Runtime.InteropServices;

namespace DnsTunnel.Volume;

/// <summary>Room for the entries of many small summaries, in blocks of one size. It holds no reference, so that the collector of garbage has nothing to follow.</summary>
/// <param name="blockSize">Entries of a block.</param>
internal sealed class EntryPool(int blockSize)
{
    private const int FirstBlocks = 4;
    private const int ChunkBits = 10;
    private const int ChunkMask = (1 << ChunkBits) - 1;

    private readonly Stack<int> _returned = [];
    private NameEntry[][] _chunks = [[]];
    private int _count;

    public Span<NameEntry> this[int block] =>
        MemoryMarshal.CreateSpan(ref _chunks[block >> ChunkBits][(block & ChunkMask) * blockSize], blockSize);

    /// <summary>A block of which nothing is known.</summary>
    public int Rent()
    {
        if (_returned.TryPop(out var block)) return block;
        if (_count < 1 << ChunkBits)
        {
            if (_count * blockSize == _chunks[0].Length) Array.Resize(ref _chunks[0], blockSize * Math.Max(FirstBlocks, 2 * _count));
        }
        else if ((_count & ChunkMask) == 0)
        {
            Array.Resize(ref _chunks, _chunks.Length + 1);
            _chunks[^1] = new NameEntry[blockSize << ChunkBits];
        }

        return _count++;
    }

    public void Return(int block) => _returned.Push(block);
}
