using System.IO.Hashing;
using System.Numerics;
using System.Security.Cryptography;

namespace DnsTunnel.Names;

/// <summary>Hashes of names in wire form.</summary>
internal static class NameHash
{
    private static readonly long s_seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>Letter case ignored; good in this process only.</summary>
    public static ulong OfAnyCase(ReadOnlySpan<byte> wire)
    {
        Span<byte> lower = stackalloc byte[DnsName.MaxWireLength];
        DnsName.ToLower(wire, lower);
        return OfLower(lower[..wire.Length]);
    }

    /// <summary>Good in this process only.</summary>
    public static ulong OfLower(ReadOnlySpan<byte> lowerWire) => XxHash3.HashToUInt64(lowerWire, s_seed);

    public static NameKey KeyOfLower(ReadOnlySpan<byte> lowerWire) =>
        new(OfLower(lowerWire), (byte)BitOperations.LeadingZeroCount(XxHash3.HashToUInt64(lowerWire)));
}
