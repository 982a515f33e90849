using System.Globalization;
using DnsTunnel.Names;

namespace DnsTunnel.Tools;

/// <summary>
/// Names of dnscat2: https://github.com/iagox86/dnscat2, doc/protocol.md and client/tunnel_drivers/driver_dns.c. A packet is a number (two
/// bytes), a type (one), a session (two) and a body that is encrypted or not, in hexadecimal, with a dot after every 60 characters.
/// </summary>
internal static class Dnscat2Names
{
    private const int FullLabel = 60;

    /// <summary>The header and the sequence numbers of an empty message that is not encrypted.</summary>
    private const int ShortestPacket = 2 * 9;

    /// <summary>What the client sends when it is given no domain.</summary>
    public static bool IsTagged(in AskedName name) => Alphabet.Same(name[0], "dnscat"u8) && IsPacket(name, first: 1);

    /// <summary>A packet whose number, which is random, is under 0x8000.</summary>
    public static bool IsLowPacket(in AskedName name) => IsPacket(name, first: 0) && name[0][0] is >= (byte)'0' and <= (byte)'7';

    /// <summary>A packet whose number is 0x8000 or more.</summary>
    public static bool IsHighPacket(in AskedName name) => IsPacket(name, first: 0) && name[0][0] is not (>= (byte)'0' and <= (byte)'7');

    private static bool IsPacket(in AskedName name, int first)
    {
        if (!name[first].IsAll(Alphabet.Hexadecimal)) return false;
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var packet = name.Join(FullLabel, first, buffer);
        return packet.Length >= ShortestPacket
            && packet.Length % 2 == 0
            && packet.IsAll(Alphabet.Hexadecimal)
            && byte.TryParse(packet[4..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var kind)
            && kind is <= 3 or 0xFF;
    }
}
