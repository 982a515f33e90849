using System.Text;
using DnsTunnel.Sources;

namespace DnsTunnel.Logs.Formats;

/// <summary>Values separated by comma, semicolon, tab or bar, whose first line names the columns.</summary>
internal sealed class CsvParser(LogContext context) : LogParser(context)
{
    private const int MinColumns = 2;
    private const int MaxHeader = 4096;

    private readonly QueryDraft _draft = new(context);
    private (LogField Field, int Rank)[] _columns = [];
    private byte _separator;
    private byte[] _scratch = [];

    private static ReadOnlySpan<byte> Separators => ",;\t|"u8;

    public static bool Matches(ReadOnlySpan<byte> line) => TryReadHeader(line, out _, out _);

    /// <exception cref="SourceFormatException">The first line names no column that could be a query name.</exception>
    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) return LogLineStatus.NoQuery;
        if (_columns.Length == 0)
        {
            // Export-Csv of Windows PowerShell writes the type first.
            if (line.StartsWith("#TYPE "u8)) return LogLineStatus.NoQuery;
            if (TryReadHeader(line, out _separator, out _columns)) return LogLineStatus.NoQuery;
            throw new SourceFormatException("the first line of the CSV file names no column for query names (such as QueryName or query).", 0);
        }
        return ParseRecord(line);
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> line, out byte separator, out (LogField Field, int Rank)[] columns)
    {
        columns = [];
        separator = (byte)',';
        if (line.Length > MaxHeader || line.IsEmpty) return false;
        foreach (var candidate in Separators)
        {
            var found = ReadHeader(line, candidate);
            if (found.Length <= columns.Length) continue;
            columns = found;
            separator = candidate;
        }
        return columns.Length >= MinColumns && columns.Any(c => c.Field == LogField.Name);
    }

    private static (LogField Field, int Rank)[] ReadHeader(ReadOnlySpan<byte> line, byte separator)
    {
        var columns = new List<(LogField, int)>();
        var fields = new CsvLine(line, separator, new byte[line.Length]);
        while (fields.TryTake(out var field))
        {
            var rank = NamedFields.Map.FindLoose(Encoding.UTF8.GetString(field));
            columns.Add(rank < 0 ? (LogField.None, rank) : (NamedFields.Map[rank], rank));
        }
        return [.. columns];
    }

    private LogLineStatus ParseRecord(ReadOnlySpan<byte> line)
    {
        if (_scratch.Length < line.Length) _scratch = new byte[line.Length * 2];
        _draft.Clear();
        var status = LogLineStatus.Query;
        var fields = new CsvLine(line, _separator, _scratch);
        for (var i = 0; i < _columns.Length; i++)
        {
            if (!fields.TryTake(out var value)) return LogLineStatus.Malformed;
            var (field, rank) = _columns[i];
            if (field == LogField.None || value.IsEmpty || !_draft.Claim(field, rank)) continue;
            var set = NamedFields.Set(_draft, field, value);
            if (set != LogLineStatus.Query) status = set;
        }
        if (status != LogLineStatus.Query) return status;
        if (_draft.Name is null) return LogLineStatus.NoQuery;
        Context.Emit(_draft);
        return LogLineStatus.Query;
    }
}
