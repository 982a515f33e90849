using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace DnsTunnel.ClickHouse;

/// <summary>Rows of the table of queries, as RowBinary, that are sent together. Each has its number, so that only those that did not arrive are sent again.</summary>
/// <param name="id">No other batch of the table has it.</param>
internal sealed class QueryBatch(ulong id)
{
    /// <summary>Whichever comes first; a server writes about two of these a second.</summary>
    private const int MostRows = 1 << 17;
    private const int MostBytes = 1 << 25;
    private const int RandomBits = 22;

    private readonly MemoryStream _bytes = new();
    private readonly List<int> _ends = [];
    private BinaryWriter? _writer;
    private DateTime _first = DateTime.MaxValue;
    private DateTime _last = DateTime.MinValue;

    public ulong Id { get; private set; } = id;

    public int Count => _ends.Count;

    public bool IsFull => Count >= MostRows || _bytes.Length >= MostBytes;

    /// <summary>The times of all queries.</summary>
    public QueryRange Range => new(_first, _last.AddTicks(1));

    public BinaryWriter Writer => _writer ??= new BinaryWriter(_bytes, Encoding.UTF8);

    /// <param name="time">Of the query, UTC.</param>
    public void EndRow(DateTime time)
    {
        if (time < _first) _first = time;
        if (time > _last) _last = time;
        _ends.Add((int)_bytes.Length);
    }

    /// <summary>Makes it another batch; its memory stays, for to have it anew costs as much as to fill it.</summary>
    public void Clear(ulong next)
    {
        Id = next;
        _bytes.SetLength(0);
        _ends.Clear();
        (_first, _last) = (DateTime.MaxValue, DateTime.MinValue);
    }

    /// <summary>Later batches have higher ids, so that rows can be had in the order in which they were written; chance keeps two writers apart.</summary>
    public static ulong NewId() =>
        ((ulong)DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() << RandomBits) | (uint)RandomNumberGenerator.GetInt32(1 << RandomBits);

    /// <summary>Writes what <see cref="Load"/> reads.</summary>
    public void Save(BinaryWriter writer)
    {
        writer.Write(Id);
        writer.Write(_first.Ticks);
        writer.Write(_last.Ticks);
        writer.Write(_ends.Count);
        foreach (var end in _ends) writer.Write(end);
        writer.Write(_bytes.GetBuffer(), 0, (int)_bytes.Length);
    }

    /// <exception cref="EndOfStreamException">It was cut.</exception>
    /// <exception cref="InvalidDataException">It is no batch.</exception>
    public static QueryBatch Load(BinaryReader reader)
    {
        var batch = new QueryBatch(reader.ReadUInt64()) { _first = Time(reader.ReadInt64()), _last = Time(reader.ReadInt64()) };
        var count = reader.ReadInt32();
        if (count is < 0 or > MostRows) throw new InvalidDataException("It is no batch of queries.");
        for (var row = 0; row < count; row++) batch._ends.Add(reader.ReadInt32());
        reader.BaseStream.CopyTo(batch._bytes);
        var ends = batch._ends.Prepend(0).ToList();
        if (ends[^1] != batch._bytes.Length || !ends.SequenceEqual(ends.Order())) throw new EndOfStreamException("Its rows are not where they should be.");
        return batch;
    }

    /// <summary>The rows that are not stored yet.</summary>
    public ReadOnlyMemory<byte> Rows(IReadOnlySet<uint> stored, bool compressed)
    {
        if (!compressed && stored.Count == 0) return _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);
        var rows = new MemoryStream((int)_bytes.Length / 4);
        using (var gzip = compressed ? new GZipStream(rows, CompressionLevel.Fastest, leaveOpen: true) : null) Write((Stream?)gzip ?? rows, stored);
        return rows.GetBuffer().AsMemory(0, (int)rows.Length);
    }

    private void Write(Stream stream, IReadOnlySet<uint> stored)
    {
        var start = 0;
        for (var row = 0; row < _ends.Count; start = _ends[row++])
        {
            if (!stored.Contains((uint)row)) stream.Write(_bytes.GetBuffer(), start, _ends[row] - start);
        }
    }

    private static DateTime Time(long ticks) => ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? new(ticks, DateTimeKind.Utc) : throw new InvalidDataException("It is no batch of queries.");
}
