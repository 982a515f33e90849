using System.Numerics;

namespace DnsTunnel.Volume;

/// <summary>The clients of brief summaries, as entries of <see cref="ClientSketch"/>; nothing where clients are told apart by key.</summary>
internal sealed class BriefClients
{
    public const int MaxClients = 8;

    private readonly List<ulong[]> _chunks = [];

    public int CountOf(int index)
    {
        var clients = Room(index);
        var count = clients.IndexOf(0UL);
        return count < 0 ? clients.Length : count;
    }

    public ReadOnlySpan<ulong> Of(int index) => Room(index)[..CountOf(index)];

    /// <summary>How many there are with it; 0 when it was known, and -1 when there is no room for it.</summary>
    public int Add(int index, ulong client)
    {
        var clients = Room(index);
        if (clients.IsEmpty)
        {
            MakeRoom(index);
            clients = Room(index);
        }

        for (var i = 0; i < clients.Length; i++)
        {
            if (clients[i] == client) return 0;
            if (clients[i] != 0) continue;
            clients[i] = client;
            return i + 1;
        }

        return -1;
    }

    public void Move(int from, int to)
    {
        if (from == to) return;
        var clients = Of(from);
        Clear(to);
        foreach (var client in clients) Add(to, client);
    }

    public void Clear(int index) => Room(index).Clear();

    private Span<ulong> Room(int index)
    {
        var (chunk, place) = (index >> Brief.ChunkBits, (index & Brief.ChunkMask) * MaxClients);
        return chunk < _chunks.Count && place < _chunks[chunk].Length ? _chunks[chunk].AsSpan(place, MaxClients) : [];
    }

    /// <summary>Windows of few summaries are many: the first chunk grows with them.</summary>
    private void MakeRoom(int index)
    {
        const int full = MaxClients << Brief.ChunkBits;
        if (index > Brief.ChunkMask)
        {
            while (index >> Brief.ChunkBits >= _chunks.Count) _chunks.Add(new ulong[full]);
            return;
        }

        var first = new ulong[MaxClients * (int)BitOperations.RoundUpToPowerOf2((uint)index + 1)];
        if (_chunks.Count == 0) _chunks.Add(first);
        _chunks[0].CopyTo(first, 0);
        _chunks[0] = first;
    }
}
