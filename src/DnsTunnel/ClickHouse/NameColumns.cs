using System.Text;
using DnsTunnel.Names;

namespace DnsTunnel.ClickHouse;

/// <summary>What rows hold of their names alone, as RowBinary. Most names are asked for again soon, so what was made of them is kept.</summary>
internal sealed class NameColumns(PublicSuffixList suffixes)
{
    private const int MostKept = 1 << 16;

    /// <summary>A label with as many digits may be the time of the query; then what the name carries depends on that too.</summary>
    private const int DigitsOfTime = 10;

    private readonly Dictionary<string, byte[]> _kept = new(StringComparer.Ordinal);
    private readonly byte[] _name = new byte[DnsName.MaxWireLength];
    private readonly NameParts _parts = new(suffixes);
    private readonly MemoryStream _bytes = new();
    private BinaryWriter? _writer;

    /// <exception cref="FormatException">It is no domain name.</exception>
    public ReadOnlySpan<byte> Of(string queryName, long ticks)
    {
        if (_kept.TryGetValue(queryName, out var kept)) return kept;
        if (!DnsName.TryParse(queryName, _name, out var length)) throw new FormatException("its QueryName is not a domain name");
        _bytes.SetLength(0);
        Write(_writer ??= new BinaryWriter(_bytes, Encoding.UTF8), _name.AsSpan(0, length), ticks);
        if (MayHoldTime(queryName)) return _bytes.GetBuffer().AsSpan(0, (int)_bytes.Length);
        if (_kept.Count == MostKept) _kept.Clear();
        return _kept[queryName] = _bytes.ToArray();
    }

    private void Write(BinaryWriter writer, ReadOnlySpan<byte> name, long ticks)
    {
        var text = DnsName.ToText(name);
        writer.Write(text);
        writer.Write(suffixes.Split(name, text).RegisteredDomain ?? string.Empty);
        // As in DomainVolume.MaxNameLength.
        writer.Write((byte)Math.Max(1, name.Length - 2));
        _parts.Take(name, ticks);
        writer.Write(_parts.SubdomainBytes);
        writer.Write7BitEncodedInt(_parts.Keys.Length);
        foreach (var key in _parts.Keys) writer.Write(key);
        writer.Write7BitEncodedInt(_parts.Costs.Length);
        foreach (var cost in _parts.Costs) writer.Write(cost);
    }

    private static bool MayHoldTime(string name)
    {
        var digits = 0;
        foreach (var c in name)
        {
            digits = char.IsAsciiDigit(c) ? digits + 1 : 0;
            if (digits == DigitsOfTime) return true;
        }

        return false;
    }
}
