using DnsTunnel.Names;

namespace DnsTunnel.Queries;

/// <summary>Names one after the other in one buffer; the oldest make room for the youngest.</summary>
/// <param name="capacity">Bytes, a power of two.</param>
internal sealed class NameRing(int capacity)
{
    private readonly byte[] _bytes = new byte[capacity];
    private long _end;

    public int Capacity => _bytes.Length;

    public ReadOnlySpan<byte> this[long place, int length] => _bytes.AsSpan((int)place & (_bytes.Length - 1), length);

    /// <summary>Adds a name; false when there is no room for it.</summary>
    /// <param name="name">At most <see cref="DnsName.MaxWireLength"/> bytes.</param>
    /// <param name="oldest">The place of the oldest name that is still needed.</param>
    /// <param name="place">Its own place.</param>
    public bool TryAdd(ReadOnlySpan<byte> name, long oldest, out long place)
    {
        var offset = (int)_end & (_bytes.Length - 1);
        // No name goes round the end.
        place = offset + name.Length <= _bytes.Length ? _end : _end + _bytes.Length - offset;
        if (place + name.Length - oldest > _bytes.Length) return false;
        name.CopyTo(_bytes.AsSpan((int)place & (_bytes.Length - 1)));
        _end = place + name.Length;
        return true;
    }
}
