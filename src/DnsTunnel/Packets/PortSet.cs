namespace DnsTunnel.Packets;

/// <summary>Port numbers as 65,536 bits: most packets of a capture are turned away here.</summary>
internal sealed class PortSet
{
    private readonly ulong[] _bits = new ulong[(ushort.MaxValue + 1) / 64];

    /// <exception cref="ArgumentOutOfRangeException">A number is not from 0 to 65,535.</exception>
    public PortSet(IReadOnlyCollection<int> ports)
    {
        foreach (var port in ports)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(port, nameof(ports));
            ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue, nameof(ports));
            _bits[port >> 6] |= 1UL << port;
        }
    }

    public bool Contains(ushort port) => (_bits[port >> 6] >> port & 1) != 0;

    public bool ContainsEither(ushort first, ushort second) => Contains(first) || Contains(second);
}
