using System.IO.Compression;
using System.Text;
using DnsTunnel.Evidence.Payload;
using DnsTunnel.Names;

namespace DnsTunnel.Tests.Evidence;

/// <summary>Names as tunnels write them, made by hand.</summary>
internal static class TunnelNames
{
    private const string IodineBase32 = "abcdefghijklmnopqrstuvwxyz012345";

    /// <summary>Their number has four bits.</summary>
    private const int MaxFragments = 16;

    public static readonly DateTime Start = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    /// <summary>Names under a domain, one a second.</summary>
    public static List<EvidenceName> Of(string domain, params IEnumerable<string> names) =>
        [.. names.Select((name, i) => Of(name, domain, Start.AddSeconds(i)))];

    public static string Dnscat2(int number, byte kind, int session, params byte[] body)
    {
        byte[] packet = [(byte)(number >> 8), (byte)number, kind, (byte)(session >> 8), (byte)session, .. body];
        return string.Join('.', Convert.ToHexString(packet).ToLowerInvariant().Chunk(60).Select(label => new string(label)));
    }

    public static string Dns2tcp(int session, int sequence, byte kind, string data)
    {
        byte[] packet = [(byte)(session >> 8), (byte)session, 0, 0, (byte)(sequence >> 8), (byte)sequence, kind, .. Encoding.ASCII.GetBytes(data)];
        return Convert.ToBase64String(packet).TrimEnd('=');
    }

    /// <summary>The data names of one packet of iodine, in base 32, so many bytes in each.</summary>
    public static string[] Iodine(int sequence, byte[] packet, int fragmentLength)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(packet);
        var fragments = packed.ToArray().Chunk(fragmentLength).Take(MaxFragments).ToArray();
        return [.. fragments.Select((data, i) => IodineFragment(sequence, i, i == fragments.Length - 1, (char)('a' + i), data))];
    }

    public static string IodineFragment(int sequence, int fragment, bool isLast, char counter, byte[] data)
    {
        var header = $"0{IodineBase32[(sequence << 2) | (fragment >> 2)]}{IodineBase32[(fragment & 3) << 3]}{IodineBase32[isLast ? 1 : 0]}{counter}";
        var bits = string.Concat(data.Select(value => Convert.ToString(value, 2).PadLeft(8, '0')));
        var text = string.Concat(bits.Chunk(5).Select(five => IodineBase32[Convert.ToInt32(new string(five).PadRight(5, '0'), 2)]));
        return string.Join('.', (header + text).Chunk(57).Select(label => new string(label)));
    }

    /// <summary>What a tun device of Linux gives: flags and EtherType, IPv4, and UDP from port 1000 to 2000.</summary>
    public static byte[] Udp(string data)
    {
        var payload = Encoding.ASCII.GetBytes(data);
        var udp = 8 + payload.Length;
        var total = 20 + udp;
        return
        [
            0, 0, 8, 0,
            0x45, 0, (byte)(total >> 8), (byte)total, 0, 0, 0, 0, 64, 17, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1,
            0x03, 0xE8, 0x07, 0xD0, (byte)(udp >> 8), (byte)udp, 0, 0, .. payload,
        ];
    }

    private static EvidenceName Of(string labels, string domain, DateTime time)
    {
        var wire = new byte[DnsName.MaxWireLength];
        Assert.True(DnsName.TryParse(domain == "." ? labels : $"{labels}.{domain}", wire, out var length), labels);
        Assert.True(DnsName.TryParse(domain, new byte[DnsName.MaxWireLength], out var domainLength));
        return new EvidenceName(wire[..length], length - domainLength, DnsTunnel.Wire.DnsTypes.Txt, time);
    }
}
