using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DnsTunnel.Names;

/// <summary>Names of addresses under in-addr.arpa (RFC 1035, section 3.5) and ip6.arpa (RFC 3596, section 2.5).</summary>
internal static class ReverseName
{
    private const int Octets = 4;
    private const int Nibbles = 32;

    private static ReadOnlySpan<byte> IPv4Zone => "\u0007in-addr\u0004arpa\0"u8;

    private static ReadOnlySpan<byte> IPv6Zone => "\u0003ip6\u0004arpa\0"u8;

    private delegate bool LabelTest(ReadOnlySpan<byte> label);

    /// <summary>The name of an address.</summary>
    public static string Of(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        Array.Reverse(bytes);
        return address.AddressFamily == AddressFamily.InterNetwork
            ? string.Join('.', bytes) + ".in-addr.arpa"
            : string.Concat(bytes.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b & 15:x}.{b >> 4:x}."))) + "ip6.arpa";
    }

    /// <summary>True for every name outside the reverse zones, and for those inside that are of an address, whole or in part.</summary>
    public static bool IsSound(ReadOnlySpan<byte> lowerWire)
    {
        if (lowerWire.EndsWith(IPv4Zone)) return HasOnly(lowerWire[..^IPv4Zone.Length], Octets, IsOctet);
        return !lowerWire.EndsWith(IPv6Zone) || HasOnly(lowerWire[..^IPv6Zone.Length], Nibbles, IsNibble);
    }

    /// <summary>Whether it is the name of an IPv6 address, whole or in part.</summary>
    public static bool IsOfIPv6(ReadOnlySpan<byte> lowerWire) => lowerWire.EndsWith(IPv6Zone) && IsSound(lowerWire);

    private static bool HasOnly(ReadOnlySpan<byte> labels, int most, LabelTest isPart)
    {
        for (var parts = 0; !labels.IsEmpty; labels = labels[(1 + labels[0])..])
        {
            var label = labels.Slice(1, labels[0]);
            if (isPart(label) ? ++parts > most : !IsServiceDiscovery(label)) return false;
        }

        return true;
    }

    private static bool IsOctet(ReadOnlySpan<byte> label) =>
        Utf8Parser.TryParse(label, out byte _, out var length) && length == label.Length && label.Length <= 3;

    private static bool IsNibble(ReadOnlySpan<byte> label) =>
        label is [(>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f')];

    /// <summary>Hosts ask lb._dns-sd._udp.0.2.0.192.in-addr.arpa and its like (RFC 6763, section 11).</summary>
    private static bool IsServiceDiscovery(ReadOnlySpan<byte> label) =>
        label.SequenceEqual("_dns-sd"u8) || label.SequenceEqual("_udp"u8)
        || label.SequenceEqual("b"u8) || label.SequenceEqual("db"u8) || label.SequenceEqual("r"u8)
        || label.SequenceEqual("dr"u8) || label.SequenceEqual("lb"u8);
}
