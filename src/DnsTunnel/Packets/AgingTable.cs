using System.Diagnostics.CodeAnalysis;

namespace DnsTunnel.Packets;

/// <summary>A dictionary that knows which entry is the oldest, so that its owner can bound it.</summary>
internal sealed class AgingTable<TKey, TEntry>
    where TKey : struct, IEquatable<TKey>
    where TEntry : class
{
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TEntry Entry)>> _entries = [];
    private readonly LinkedList<(TKey Key, TEntry Entry)> _byAge = [];

    public int Count => _entries.Count;

    /// <param name="key">The key.</param>
    /// <param name="renew">Makes the entry the youngest.</param>
    /// <param name="entry">The entry.</param>
    public bool TryGet(TKey key, bool renew, [NotNullWhen(true)] out TEntry? entry)
    {
        entry = null;
        if (!_entries.TryGetValue(key, out var node)) return false;
        entry = node.Value.Entry;
        if (renew && node.Next is not null)
        {
            _byAge.Remove(node);
            _byAge.AddLast(node);
        }

        return true;
    }

    public void Add(TKey key, TEntry entry) => _entries.Add(key, _byAge.AddLast((key, entry)));

    public void Remove(TKey key)
    {
        if (_entries.Remove(key, out var node)) _byAge.Remove(node);
    }

    public bool TryPeekOldest([NotNullWhen(true)] out TEntry? entry)
    {
        entry = _byAge.First?.Value.Entry;
        return entry is not null;
    }

    public TEntry RemoveOldest()
    {
        var (key, entry) = _byAge.First!.Value;
        Remove(key);
        return entry;
    }
}
