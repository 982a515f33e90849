using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Wire;

/// <summary>RDATA in presentation format (RFC 1035, section 5; RFC 3597 for types without one). The record must be sound.</summary>
internal static class RDataText
{
    public static string Format(in DnsRecord record) => record.Type switch
    {
        _ when record.DataLength == 0 => string.Empty,
        DnsTypes.A or DnsTypes.Aaaa => new IPAddress(record.Data).ToString(),
        DnsTypes.Cname or DnsTypes.Ns or DnsTypes.Ptr or DnsTypes.Dname => Name(record, 0),
        DnsTypes.Mx => Text($"{U16(record.Data)} {Name(record, 2)}"),
        DnsTypes.Srv => Text($"{U16(record.Data)} {U16(record.Data[2..])} {U16(record.Data[4..])} {Name(record, 6)}"),
        DnsTypes.Soa => Soa(record),
        DnsTypes.Txt => Strings(record.Data),
        DnsTypes.Caa => Text($"{record.Data[0]} {Escaped(record.Data.Slice(2, record.Data[1]))} {Quoted(record.Data[(2 + record.Data[1])..])}"),
        DnsTypes.Svcb or DnsTypes.Https => ServiceBindingText.Format(record),
        _ => Unknown(record.Data),
    };

    /// <summary>The name at an offset inside the RDATA; moves the offset past it.</summary>
    public static string Name(in DnsRecord record, int offsetInData) => Name(record, ref offsetInData);

    public static string Name(in DnsRecord record, ref int offsetInData)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        var offset = record.DataOffset + offsetInData;
        if (DnsNameReader.TryRead(record.Message, ref offset, wire, out var length) != DnsReadStatus.Ok) return string.Empty;
        offsetInData = offset - record.DataOffset;
        return DnsName.ToText(wire[..length]);
    }

    /// <summary>Between quotes, everything but printable ASCII as \DDD.</summary>
    public static string Quoted(ReadOnlySpan<byte> bytes) => $"\"{Escaped(bytes)}\"";

    public static ushort U16(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint U32(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);

    private static string Soa(in DnsRecord record)
    {
        var offset = 0;
        var primary = Name(record, ref offset);
        var mailbox = Name(record, ref offset);
        var numbers = record.Data[offset..];
        return Text($"{primary} {mailbox} {U32(numbers)} {U32(numbers[4..])} {U32(numbers[8..])} {U32(numbers[12..])} {U32(numbers[16..])}");
    }

    private static string Strings(ReadOnlySpan<byte> data)
    {
        var text = new StringBuilder();
        while (!data.IsEmpty)
        {
            if (text.Length > 0) text.Append(' ');
            text.Append(Quoted(data.Slice(1, data[0])));
            data = data[(1 + data[0])..];
        }

        return text.ToString();
    }

    private static string Escaped(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
        {
            if (b is (byte)'"' or (byte)'\\') text.Append('\\').Append((char)b);
            else if (b is >= 0x20 and < 0x7F) text.Append((char)b);
            else text.Append(CultureInfo.InvariantCulture, $"\\{b:D3}");
        }

        return text.ToString();
    }

    private static string Unknown(ReadOnlySpan<byte> data) => Text($"\\# {data.Length} {Convert.ToHexString(data)}");
}
