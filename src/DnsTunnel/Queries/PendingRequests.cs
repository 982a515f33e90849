using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Processes;
using DnsTunnel.Wire;

namespace DnsTunnel.Queries;

/// <summary>
/// Requests in order of arrival (a ring) with a hash table over them. Holds at most <see cref="MaxCount"/>. The chains of the table are
/// apart from the requests: they are walked for every packet, and so stay in the cache.
/// </summary>
internal sealed class PendingRequests
{
    /// <summary>10 s at 13,000 queries a second; beyond, the oldest is given up early and its answer counts as unmatched.</summary>
    public const int MaxCount = 1 << 17;

    private const int FirstCount = 1 << 10;
    private const int FirstNameBytes = 1 << 15;

    private PendingRequest[] _ring = new PendingRequest[FirstCount];
    private Link[] _links = new Link[FirstCount];
    private int[] _heads = NewHeads(FirstCount);
    private NameRing _names = new(FirstNameBytes);
    private int _first;

    public int Count { get; private set; }

    public bool IsFull => Count == MaxCount;

    public ref PendingRequest this[int index] => ref _ring[index];

    public ref PendingRequest Oldest => ref _ring[_first];

    /// <summary>In wire form and wire case; valid until the next request is added.</summary>
    public ReadOnlySpan<byte> NameOf(in PendingRequest request) => _names[request.NamePlace, request.NameLength];

    /// <summary>The place of the request with this key and name, or -1.</summary>
    public int Find(in RequestKey key, ReadOnlySpan<byte> name)
    {
        var hash = (uint)key.GetHashCode();
        for (var index = _heads[Place(hash)]; index >= 0; index = _links[index].Next)
        {
            if (_links[index].Hash != hash) continue;
            ref var request = ref _ring[index];
            if (request.Key == key && DnsName.EqualsIgnoreCase(NameOf(request), name)) return index;
        }

        return -1;
    }

    public void Add(in RequestKey key, in DnsPacket packet, in DnsMessage message, AskingProcess? process = null)
    {
        if (Count == _ring.Length) Grow();
        long place;
        while (!_names.TryAdd(message.QuestionName, Count == 0 ? long.MaxValue : Oldest.NamePlace, out place)) GrowNames();
        var index = (_first + Count) & (_ring.Length - 1);
        ref var request = ref _ring[index];
        request.Key = key;
        request.Server = packet.Destination;
        request.Ticks = packet.Ticks;
        request.Size = message.Length;
        request.Class = message.QuestionClass;
        request.IsAnswered = false;
        request.Process = process;
        request.NamePlace = place;
        request.NameLength = (byte)message.QuestionName.Length;
        Count++;
        Chain(index, (uint)key.GetHashCode());
    }

    public void RemoveOldest()
    {
        ref var link = ref _heads[Place(_links[_first].Hash)];
        while (link != _first) link = ref _links[link].Next;
        link = _links[_first].Next;
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
    }

    private void Chain(int index, uint hash)
    {
        ref var head = ref _heads[Place(hash)];
        _links[index] = new Link { Hash = hash, Next = head };
        head = index;
    }

    private int Place(uint hash) => (int)(hash & (uint)(_heads.Length - 1));

    private void Grow()
    {
        var (old, oldLinks) = (_ring, _links);
        _ring = new PendingRequest[old.Length * 2];
        _links = new Link[_ring.Length];
        _heads = NewHeads(_ring.Length);
        for (var i = 0; i < Count; i++)
        {
            var from = (_first + i) & (old.Length - 1);
            _ring[i] = old[from];
            Chain(i, oldLinks[from].Hash);
        }

        _first = 0;
    }

    private void GrowNames()
    {
        var larger = new NameRing(_names.Capacity * 2);
        for (var i = 0; i < Count; i++)
        {
            ref var request = ref _ring[(_first + i) & (_ring.Length - 1)];
            _ = larger.TryAdd(NameOf(request), oldest: 0, out request.NamePlace);
        }

        _names = larger;
    }

    private static int[] NewHeads(int length)
    {
        var heads = new int[length];
        Array.Fill(heads, -1);
        return heads;
    }

    private struct Link
    {
        public uint Hash;
        public int Next;
    }
}
