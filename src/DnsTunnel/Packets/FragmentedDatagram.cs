namespace DnsTunnel.Packets;

/// <summary>A datagram of which fragments have come.</summary>
internal sealed class FragmentedDatagram(long ticks, BufferBudget budget)
{
    /// <summary>Separate stretches held at a time; a sender in order makes one, this stops 8-byte confetti.</summary>
    private const int MaxStretches = 64;

    private readonly List<(int Start, int End)> _stretches = [];
    private byte[]? _buffer;
    private int _total = -1;

    /// <summary>When its first fragment came, or when it was done.</summary>
    public long Ticks { get; private set; } = ticks;

    public FragmentState State { get; private set; }

    /// <summary>Fragments that are held.</summary>
    public int Count { get; private set; }

    /// <summary>The protocol that the first fragment names (RFC 8200, section 4.5: only that one counts).</summary>
    public byte Protocol { get; set; }

    public bool IsWhole => _total >= 0 && _stretches.Count == 1 && _stretches[0] == (0, _total);

    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(0, Math.Max(_total, 0));

    /// <summary>Adds a fragment; false when it contradicts those before.</summary>
    /// <param name="offset">Its place in bytes.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="isLast">No fragment lies behind it.</param>
    /// <param name="mayOverlap">The first copy wins; otherwise only exact duplicates are let through (RFC 5722).</param>
    public bool TryAdd(int offset, ReadOnlySpan<byte> data, bool isLast, bool mayOverlap)
    {
        var end = offset + data.Length;
        Count++;
        if (!TryEnd(end, isLast)) return false;

        if (_stretches.Count > 0) budget.Grow(ref _buffer, _stretches[^1].End, end);
        else budget.Grow(ref _buffer, 0, end);

        var position = offset;
        foreach (var (start, stop) in _stretches)
        {
            if (stop <= position) continue;
            if (start >= end) break;
            if (!mayOverlap) return start <= offset && stop >= end && data.SequenceEqual(_buffer.AsSpan(offset, data.Length));
            if (start > position) data[(position - offset)..(start - offset)].CopyTo(_buffer.AsSpan(position));
            position = stop;
        }

        if (position < end) data[(position - offset)..].CopyTo(_buffer.AsSpan(position));
        Cover(offset, end);
        return _stretches.Count <= MaxStretches;
    }

    /// <summary>Frees its bytes.</summary>
    public void Close(FragmentState state, long ticks)
    {
        if (_buffer is not null) budget.Return(_buffer);
        _buffer = null;
        _stretches.Clear();
        _total = -1;
        Count = 0;
        State = state;
        Ticks = ticks;
    }

    private bool TryEnd(int end, bool isLast)
    {
        if (!isLast) return _total < 0 || end <= _total;
        if (_total >= 0 && _total != end || _stretches.Count > 0 && _stretches[^1].End > end) return false;
        _total = end;
        return true;
    }

    private void Cover(int start, int end)
    {
        var first = 0;
        while (first < _stretches.Count && _stretches[first].End < start) first++;
        var next = first;
        for (; next < _stretches.Count && _stretches[next].Start <= end; next++)
        {
            start = Math.Min(start, _stretches[next].Start);
            end = Math.Max(end, _stretches[next].End);
        }

        _stretches.RemoveRange(first, next - first);
        _stretches.Insert(first, (start, end));
    }
}
