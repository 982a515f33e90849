namespace DnsTunnel.Packets;

/// <summary>A segment that came before its turn.</summary>
internal readonly record struct PendingSegment(uint Sequence, byte[] Buffer, int Length, long Ticks)
{
    public uint End => Sequence + (uint)Length;

    public ReadOnlySpan<byte> Payload => Buffer.AsSpan(0, Length);
}
