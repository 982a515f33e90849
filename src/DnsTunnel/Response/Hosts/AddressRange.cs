using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace DnsTunnel.Response.Hosts;

/// <summary>An address, or all addresses with the same first bits.</summary>
internal readonly record struct AddressRange(IPAddress Address, int PrefixLength)
{
    public AddressRange(IPAddress address) : this(Plain(address), address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6 ? 32 : 128)
    {
    }

    public bool IsIPv4 => Address.AddressFamily == AddressFamily.InterNetwork;

    private int Bits => IsIPv4 ? 32 : 128;

    /// <summary>The first and the last address as numbers.</summary>
    public (UInt128 First, UInt128 Last) Bounds
    {
        get
        {
            var rest = PrefixLength == Bits ? UInt128.Zero : (UInt128.One << Bits - PrefixLength) - 1;
            if (Bits - PrefixLength == 128) rest = UInt128.MaxValue;
            var first = Number(Address) & ~rest;
            return (first, first | rest);
        }
    }

    /// <summary>Reads 192.0.2.1, 192.0.2.0/24, 2001:db8::1 or 2001:db8::/32; bits after the prefix are taken as zero.</summary>
    /// <exception cref="ResponseException">It is none.</exception>
    public static AddressRange Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (!IPAddress.TryParse(slash < 0 ? text : text[..slash], out var address)) throw NotValid(text);
        var all = new AddressRange(address);
        if (slash < 0) return all;
        if (!int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length > all.Bits) throw NotValid(text);
        var range = all with { PrefixLength = length };
        return range with { Address = ToAddress(range.Bounds.First, range.IsIPv4) };
    }

    public bool Contains(IPAddress address)
    {
        var single = new AddressRange(address);
        var (first, last) = Bounds;
        return single.IsIPv4 == IsIPv4 && Number(single.Address) is var number && number >= first && number <= last;
    }

    /// <summary>All addresses of a family but those of the ranges, in order, as "first-last" or one address.</summary>
    public static IEnumerable<string> AllBut(IEnumerable<AddressRange> ranges, bool isIPv4)
    {
        var (next, end) = (UInt128.Zero, isIPv4 ? (UInt128)uint.MaxValue : UInt128.MaxValue);
        foreach (var (first, last) in ranges.Where(r => r.IsIPv4 == isIPv4).Select(r => r.Bounds).OrderBy(b => b.First))
        {
            if (first > next) yield return Text(next, first - 1, isIPv4);
            if (last >= end) yield break;
            if (last >= next) next = last + 1;
        }
        yield return Text(next, end, isIPv4);
    }

    /// <summary>In the form that nft and Windows Firewall take.</summary>
    public override string ToString() => PrefixLength == Bits ? $"{Address}" : $"{Address}/{PrefixLength}";

    private static string Text(UInt128 first, UInt128 last, bool isIPv4) =>
        first == last ? $"{ToAddress(first, isIPv4)}" : $"{ToAddress(first, isIPv4)}-{ToAddress(last, isIPv4)}";

    // Without the zone of a link-local address, which rules have no place for.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : new IPAddress(address.GetAddressBytes());

    private static UInt128 Number(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return bytes.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private static IPAddress ToAddress(UInt128 number, bool isIPv4)
    {
        var bytes = new byte[isIPv4 ? 4 : 16];
        if (isIPv4) BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)number);
        else BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(bytes);
    }

    private static ResponseException NotValid(string text) =>
        new(ResponseError.AddressNotValid, $"'{Printable.Text(text)}' is neither an address nor a range such as 192.0.2.0/24.");
}
