namespace DnsTunnel.ClickHouse;

/// <summary>
/// How far logs were read into an outbox: the time of the last query of each, and how many came with that time. A log that is followed is
/// read from its beginning at each start, and what was kept before is known by it.
/// </summary>
internal sealed class SourceMarks
{
    private readonly Dictionary<string, (long Ticks, int Count)> _marks = new(StringComparer.Ordinal);

    /// <summary>Whether a query of a log was there before; asked once for each, in the order of the log.</summary>
    public bool TryPass(string source, long ticks)
    {
        if (!_marks.TryGetValue(source, out var mark) || ticks > mark.Ticks) return false;
        if (ticks < mark.Ticks) return true;
        if (mark.Count == 0) return false;
        _marks[source] = (ticks, mark.Count - 1);
        return true;
    }

    /// <summary>Notes that a query is kept, or was.</summary>
    public void Note(string source, long ticks)
    {
        var mark = _marks.GetValueOrDefault(source);
        if (ticks > mark.Ticks) _marks[source] = (ticks, 1);
        else if (ticks == mark.Ticks) _marks[source] = (ticks, mark.Count + 1);
    }

    /// <summary>Takes over what others know better.</summary>
    public void Merge(SourceMarks others)
    {
        foreach (var (source, mark) in others._marks)
        {
            if (mark.CompareTo(_marks.GetValueOrDefault(source)) > 0) _marks[source] = mark;
        }
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_marks.Count);
        foreach (var (source, (ticks, count)) in _marks)
        {
            writer.Write(source);
            writer.Write(ticks);
            writer.Write(count);
        }
    }

    /// <exception cref="EndOfStreamException">They were cut.</exception>
    /// <exception cref="FormatException">They are none.</exception>
    public static SourceMarks Load(BinaryReader reader)
    {
        var marks = new SourceMarks();
        for (var rest = reader.Read7BitEncodedInt(); rest > 0; rest--) marks._marks[reader.ReadString()] = (reader.ReadInt64(), reader.ReadInt32());
        return marks;
    }
}
