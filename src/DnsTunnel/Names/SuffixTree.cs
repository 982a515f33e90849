using System.Buffers.Binary;

namespace DnsTunnel.Names;

/// <summary>
/// Suffixes as a tree of labels from the right, its edges in one open-addressing table keyed by (parent, label). Labels are compared
/// byte by byte, so hash collisions cost time but never give a wrong answer, and no name makes a look-up longer than the fixed table does.
/// </summary>
internal sealed class SuffixTree
{
    /// <summary>The node of the empty suffix.</summary>
    public const int Root = 0;

    private Node[] _nodes = new Node[16 * 1024];
    private int[] _slots = new int[32 * 1024];
    private byte[] _labels = new byte[128 * 1024];
    private int _count = 1;
    private int _labelBytes;

    /// <summary>What is said of a node.</summary>
    public SuffixRules this[int node] => _nodes[node].Rules;

    /// <summary>Adds to what is said of a node.</summary>
    public void Mark(int node, SuffixRules rules) => _nodes[node].Rules |= rules;

    /// <summary>The node one label below another, or -1.</summary>
    public int Find(int parent, ReadOnlySpan<byte> label)
    {
        var hash = Hash(parent, label);
        var (nodes, slots) = (_nodes, _slots);
        for (var slot = hash; ; slot++)
        {
            var index = slots[(int)(slot & (uint)(slots.Length - 1))];
            if (index == 0) return -1;
            ref readonly var node = ref nodes[index];
            if (node.Hash == hash && node.Parent == parent && label.SequenceEqual(_labels.AsSpan(node.LabelStart, node.LabelLength))) return index;
        }
    }

    /// <summary>The node one label below another, made when it is not there.</summary>
    public int GetOrAdd(int parent, ReadOnlySpan<byte> label)
    {
        var found = Find(parent, label);
        if (found >= 0) return found;

        if (_count == _nodes.Length) Grow();
        if (_labelBytes + label.Length > _labels.Length) Array.Resize(ref _labels, _labels.Length * 2);
        label.CopyTo(_labels.AsSpan(_labelBytes));
        _nodes[_count] = new Node { Hash = Hash(parent, label), Parent = parent, LabelStart = _labelBytes, LabelLength = (byte)label.Length };
        _labelBytes += label.Length;
        _nodes[parent].Rules |= SuffixRules.Parent;
        Link(_count);
        return _count++;
    }

    // Half of the slots stay empty, which keeps the chains short.
    private void Grow()
    {
        Array.Resize(ref _nodes, _nodes.Length * 2);
        _slots = new int[_slots.Length * 2];
        for (var index = 1; index < _count; index++) Link(index);
    }

    private void Link(int index)
    {
        var slot = _nodes[index].Hash;
        while (_slots[slot & (uint)(_slots.Length - 1)] != 0) slot++;
        _slots[slot & (uint)(_slots.Length - 1)] = index;
    }

    private static uint Hash(int parent, ReadOnlySpan<byte> label)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = ((ulong)(uint)parent << 8 | (uint)label.Length) * Multiplier;
        for (; label.Length >= sizeof(ulong); label = label[sizeof(ulong)..]) hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(label));
        ulong rest = 0;
        if (label.Length >= sizeof(uint))
        {
            rest = BinaryPrimitives.ReadUInt32LittleEndian(label) | (ulong)BinaryPrimitives.ReadUInt32LittleEndian(label[^sizeof(uint)..]) << 32;
        }
        else if (label.Length > 0)
        {
            rest = (uint)(label[0] | label[label.Length / 2] << 8 | label[^1] << 16);
        }
        return (uint)(Mix(hash, rest) >> 32);

        // Both halves of the product: the low one alone leaves the ends of labels out of the low bits.
        static ulong Mix(ulong hash, ulong value) => Math.BigMul(hash ^ value, Multiplier, out var low) ^ low;
    }

    private struct Node
    {
        public uint Hash;
        public int Parent;
        public int LabelStart;
        public byte LabelLength;
        public SuffixRules Rules;
    }
}
