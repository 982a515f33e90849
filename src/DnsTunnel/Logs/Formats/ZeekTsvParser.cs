using DnsTunnel.Sources;

namespace DnsTunnel.Logs.Formats;

/// <summary>Zeek's dns.log as tab-separated values, with its header lines, in any order of columns.</summary>
internal sealed class ZeekTsvParser(LogContext context) : LogParser(context)
{
    private readonly QueryDraft _draft = new(context);
    private (int Index, LogField Field, int Rank)[] _columns = [];
    private int[] _ends = [];
    private byte _separator = (byte)'\t';
    private byte _setSeparator = (byte)',';
    private byte[] _unset = [(byte)'-'];
    private byte[] _empty = [.. "(empty)"u8];
    private bool _isDns = true;

    public static bool Matches(ReadOnlySpan<byte> line) => line.StartsWith("#separator "u8) || line.StartsWith("#fields\t"u8);

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (line is [(byte)'#', ..])
        {
            ParseHeader(line[1..]);
            return LogLineStatus.NoQuery;
        }
        if (line.IsEmpty || !_isDns) return LogLineStatus.NoQuery;
        if (_ends.Length == 0) throw new SourceFormatException("the Zeek log has no #fields line before its first record.", 0);
        return ParseRecord(line);
    }

    private void ParseHeader(ReadOnlySpan<byte> line)
    {
        // The header lines after #separator use it themselves; #separator has a space.
        var end = line.IndexOfAny((byte)' ', _separator);
        if (end < 0) return;
        var name = line[..end];
        var value = line[(end + 1)..];
        if (name.SequenceEqual("separator"u8)) _separator = Unescape(value, _separator);
        else if (name.SequenceEqual("set_separator"u8)) _setSeparator = Unescape(value, _setSeparator);
        else if (name.SequenceEqual("unset_field"u8)) _unset = value.ToArray();
        else if (name.SequenceEqual("empty_field"u8)) _empty = value.ToArray();
        else if (name.SequenceEqual("path"u8)) _isDns = value.StartsWith("dns"u8);
        else if (name.SequenceEqual("fields"u8)) ReadColumns(value);
    }

    private static byte Unescape(ReadOnlySpan<byte> value, byte otherwise)
    {
        if (value.IsEmpty) return otherwise;
        _ = LogName.Unescape(value, LogEscapes.Hexadecimal, out var separator);
        return value[0] == '\\' ? separator : value[0];
    }

    private void ReadColumns(ReadOnlySpan<byte> names)
    {
        var columns = new List<(int, LogField, int)>();
        var count = 0;
        for (; !names.IsEmpty; count++)
        {
            if (ZeekFields.Map.Find(Take(ref names, _separator)) is >= 0 and var rank) columns.Add((count, ZeekFields.Map[rank], rank));
        }
        // A name of a type comes before its number, which is then not read.
        _columns = [.. columns.OrderBy(c => c.Item3)];
        _ends = new int[count];
    }

    private LogLineStatus ParseRecord(ReadOnlySpan<byte> line)
    {
        var count = FieldEnds.Find(line, _separator, _ends);
        // A log of which fewer columns are there was cut inside this line; the last one may be empty.
        if (count < _ends.Length - 1 || (count == _ends.Length - 1 && line[^1] == _separator)) return LogLineStatus.Malformed;
        _draft.Clear();
        var status = LogLineStatus.Query;
        foreach (var (i, field, rank) in _columns)
        {
            if (i == count) continue;
            var start = i == 0 ? 0 : _ends[i - 1] + 1;
            var value = line[start.._ends[i]];
            if (value.IsEmpty || value.SequenceEqual(_unset)) continue;
            if (value.SequenceEqual(_empty) && field != LogField.Answer) value = default;
            if (!_draft.Claim(field, rank)) continue;
            var set = field == LogField.Answer ? SetAnswers(value) : ZeekFields.Set(_draft, field, value);
            if (set != LogLineStatus.Query) status = set;
        }
        if (status != LogLineStatus.Query) return status;
        if (_draft.Name is null) return LogLineStatus.NoQuery;
        Context.Emit(_draft);
        return LogLineStatus.Query;
    }

    private LogLineStatus SetAnswers(ReadOnlySpan<byte> values)
    {
        while (!values.IsEmpty)
        {
            // Zeek leaves a vector without elements unset; what is empty here is the data of a record, such as the host of a null MX.
            var value = Take(ref values, _setSeparator);
            _draft.AddData(value.SequenceEqual(_empty) ? default : value, LogEscapes.Hexadecimal);
        }
        return LogLineStatus.Query;
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, byte separator)
    {
        var end = rest.IndexOf(separator);
        var value = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return value;
    }
}
