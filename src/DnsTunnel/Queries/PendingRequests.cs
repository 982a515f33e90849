using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Processes;
using DnsTunnel.Wire;

namespace DnsTunnel.Queries;

/// <summary>Requests in order of arrival (a ring) with a hash table over them. Holds at most <see cref="MaxCount"/>.</summary>
internal sealed class PendingRequests
{
    /// <summary>10 s at 13,000 queries a second; beyond, the oldest is given up early and its answer counts as unmatched.</summary>
    public const int MaxCount = 1 << 17;

    private PendingRequest[] _ring = new PendingRequest[1 << 10];
    private int[] _heads = NewHeads(1 << 10);
    private int _first;

    public int Count { get; private set; }

    public bool IsFull => Count == MaxCount;

    public ref PendingRequest this[int index] => ref _ring[index];

    public ref PendingRequest Oldest => ref _ring[_first];

    /// <summary>The place of the request with this key and name, or -1.</summary>
    public int Find(in RequestKey key, ReadOnlySpan<byte> name)
    {
        for (var index = _heads[Place(key)]; index >= 0; index = _ring[index].Next)
        {
            ref var request = ref _ring[index];
            if (request.Key == key && DnsName.EqualsIgnoreCase(request.Name, name)) return index;
        }

        return -1;
    }

    public void Add(in RequestKey key, in DnsPacket packet, in DnsMessage message, AskingProcess? process = null)
    {
        if (Count == _ring.Length) Grow();
        var index = (_first + Count) & (_ring.Length - 1);
        ref var request = ref _ring[index];
        request.Key = key;
        request.Server = packet.Destination;
        request.Ticks = packet.Ticks;
        request.Size = message.Length;
        request.Class = message.QuestionClass;
        request.IsAnswered = false;
        request.Process = process;
        request.Name = message.QuestionName;
        Count++;
        Link(index);
    }

    public void RemoveOldest()
    {
        ref var link = ref _heads[Place(_ring[_first].Key)];
        while (link != _first) link = ref _ring[link].Next;
        link = _ring[_first].Next;
        _first = (_first + 1) & (_ring.Length - 1);
        Count--;
    }

    private void Link(int index)
    {
        ref var head = ref _heads[Place(_ring[index].Key)];
        _ring[index].Next = head;
        head = index;
    }

    private int Place(in RequestKey key) => key.GetHashCode() & (_heads.Length - 1);

    private void Grow()
    {
        var old = _ring;
        _ring = new PendingRequest[old.Length * 2];
        for (var i = 0; i < Count; i++) _ring[i] = old[(_first + i) & (old.Length - 1)];
        _first = 0;
        _heads = NewHeads(_ring.Length);
        for (var i = 0; i < Count; i++) Link(i);
    }

    private static int[] NewHeads(int length)
    {
        var heads = new int[length];
        Array.Fill(heads, -1);
        return heads;
    }
}
