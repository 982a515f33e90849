using System.Runtime.InteropServices;

namespace DnsTunnel.Volume;

/// <summary>Which domains and clients got new names since somebody looked, and which so many that it should be looked at once.</summary>
internal sealed class NewNames
{
    /// <summary>A tunnel that moves files has them in a second or two; each look asks for twice as many before the next.</summary>
    private const int Many = 32;

    private readonly Dictionary<SummaryKey, (int Count, int Next)> _gains = [];
    private HashSet<SummaryKey> _urgent = [];

    public bool HasUrgent => _urgent.Count > 0;

    public void Note(SummaryKey key, int names)
    {
        ref var gain = ref CollectionsMarshal.GetValueRefOrAddDefault(_gains, key, out var isKnown);
        if (!isKnown) gain.Next = Many;
        gain.Count += names;
        if (gain.Count < gain.Next) return;
        while (gain.Next <= gain.Count && gain.Next < int.MaxValue / 2) gain.Next *= 2;
        _urgent.Add(key);
    }

    /// <summary>Those with many.</summary>
    public HashSet<SummaryKey> TakeUrgent()
    {
        var taken = _urgent;
        _urgent = [];
        return taken;
    }

    /// <summary>All, and begins anew.</summary>
    public HashSet<SummaryKey> TakeAll()
    {
        var taken = _gains.Keys.ToHashSet();
        Clear();
        return taken;
    }

    public void Clear()
    {
        _gains.Clear();
        _urgent.Clear();
    }
}
