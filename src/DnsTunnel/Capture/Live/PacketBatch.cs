using System.Runtime.InteropServices;

namespace DnsTunnel.Capture.Live;

/// <summary>Packets on their way from the thread that captures to the one that decodes. Batches are used again and again.</summary>
internal sealed class PacketBatch(LiveDevice device)
{
    /// <summary>Room for two packets of the greatest length; about 2,000 of DNS.</summary>
    private const int Capacity = 2 * LiveDevice.SnapshotLength;

    private readonly byte[] _bytes = new byte[Capacity];
    private Entry[] _entries = new Entry[1024];
    private int _used;

    public LiveDevice Device { get; } = device;

    public int Count { get; private set; }

    /// <summary>Whether the device has ended and hands on no more.</summary>
    public bool IsLast { get; set; }

    public CapturedPacket this[int index]
    {
        get
        {
            ref readonly var entry = ref _entries[index];
            return new CapturedPacket
            {
                Data = _bytes.AsSpan(entry.Offset, entry.Length),
                Ticks = entry.Ticks,
                LinkType = Device.LinkType,
                OriginalLength = entry.OriginalLength,
            };
        }
    }

    /// <summary>Copies a packet; false when there is no room for it.</summary>
    public bool TryAdd(IntPtr data, int length, int originalLength, long ticks)
    {
        if (length > Capacity - _used) return false;
        if (Count == _entries.Length) Array.Resize(ref _entries, Count * 2);
        Marshal.Copy(data, _bytes, _used, length);
        _entries[Count++] = new Entry(_used, length, originalLength, ticks);
        _used += length;
        return true;
    }

    public void Clear() => Count = _used = 0;

    private readonly record struct Entry(int Offset, int Length, int OriginalLength, long Ticks);
}
