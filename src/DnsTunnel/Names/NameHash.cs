using System.IO.Hashing;
using System.Numerics;
using System.Security.Cryptography;

namespace DnsTunnel.Names;

/// <summary>Hashes of names in wire form.</summary>
internal static class NameHash
{
    private static readonly long s_seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>To mix other keys with; drawn at random a process too.</summary>
    public static ulong Odd { get; } = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;

    /// <summary>Letter case ignored; good in this process only.</summary>
    public static ulong OfAnyCase(ReadOnlySpan<byte> wire)
    {
        Span<byte> lower = stackalloc byte[DnsName.MaxWireLength];
        DnsName.ToLower(wire, lower);
        return OfLower(lower[..wire.Length]);
    }

    /// <summary>Good in this process only.</summary>
    public static ulong OfLower(ReadOnlySpan<byte> lowerWire) => XxHash3.HashToUInt64(lowerWire, s_seed);

    public static NameKey KeyOfLower(ReadOnlySpan<byte> lowerWire) => new(OfLower(lowerWire), RankOfLower(lowerWire));

    /// <summary>See <see cref="NameKey"/>.</summary>
    public static byte RankOfLower(ReadOnlySpan<byte> lowerWire) => (byte)BitOperations.LeadingZeroCount(XxHash3.HashToUInt64(lowerWire));
}
