using System.Net;

namespace DnsTunnel.Generators.Traffic;

/// <summary>Addresses of the hosts in the captures.</summary>
internal static class Address
{
    public static uint Resolver { get; } = Of("10.20.0.53");

    /// <summary>The authoritative server that a resolver asks (a documentation address, RFC 5737).</summary>
    public static uint Authority { get; } = Of("198.51.100.53");

    /// <summary>RFC 6762.</summary>
    public static uint MulticastDns { get; } = Of("224.0.0.251");

    public static uint Client(int index) => Of("10.20.1.10") + (uint)index;

    /// <summary>The outside address of a resolver.</summary>
    public static uint Egress(int index) => Of("203.0.113.16") + (uint)index;

    public static uint Of(string text)
    {
        var bytes = IPAddress.Parse(text).GetAddressBytes();
        return (uint)(bytes[0] << 24 | bytes[1] << 16 | bytes[2] << 8 | bytes[3]);
    }

    /// <summary>Of a public host: no private, loopback or multicast range.</summary>
    public static uint Public(Random random) => (uint)(random.Next(11, 120) << 24) | (uint)random.Next(1 << 24);

    /// <summary>Octets the other way round with dots, as in-addr.arpa and blocklists have them (RFC 1035 section 3.5, RFC 5782).</summary>
    public static string Reversed(uint address) => $"{address & 255}.{address >> 8 & 255}.{address >> 16 & 255}.{address >> 24}";

    public static string Dotted(uint address, char separator = '.') =>
        $"{address >> 24}{separator}{address >> 16 & 255}{separator}{address >> 8 & 255}{separator}{address & 255}";

    /// <summary>The 32 nibbles of an IPv6 address the other way round (RFC 3596 section 2.5).</summary>
    public static string ReversedNibbles(ReadOnlySpan<byte> address) =>
        string.Join('.', Convert.ToHexStringLower(address).Reverse());
}
