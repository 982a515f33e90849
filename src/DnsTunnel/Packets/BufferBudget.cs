using System.Buffers;

namespace DnsTunnel.Packets;

/// <summary>Pooled buffers, and how many bytes of them are out.</summary>
internal sealed class BufferBudget(long limit)
{
    public long Held { get; private set; }

    public bool IsExceeded => Held > limit;

    public byte[] Rent(int minimum)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(minimum);
        Held += buffer.Length;
        return buffer;
    }

    public void Return(byte[] buffer)
    {
        Held -= buffer.Length;
        ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Makes room for <paramref name="needed"/> bytes and keeps the first <paramref name="used"/>.</summary>
    public void Grow(ref byte[]? buffer, int used, int needed)
    {
        if (buffer is not null && buffer.Length >= needed) return;
        var larger = Rent(Math.Max(needed, Math.Min(2 * used, ushort.MaxValue)));
        if (buffer is not null)
        {
            buffer.AsSpan(0, used).CopyTo(larger);
            Return(buffer);
        }

        buffer = larger;
    }
}
