using System.Buffers.Binary;

namespace DnsTunnel.Wire;

/// <summary>Whether RDATA has the form its type prescribes, for the types this project prints.</summary>
internal static class RDataCheck
{
    /// <summary>Dynamic updates carry records without data (RFC 2136, sections 2.4 and 2.5).</summary>
    private const ushort ClassNone = 254;
    private const ushort ClassAny = 255;

    public static bool IsSound(in DnsRecord record)
    {
        if (record.Type != DnsTypes.Opt && record.DataLength == 0 && record.Class is ClassNone or ClassAny) return true;
        return record.Type switch
        {
            DnsTypes.A => record.DataLength == 4,
            DnsTypes.Aaaa => record.DataLength == 16,
            DnsTypes.Cname or DnsTypes.Ns or DnsTypes.Ptr or DnsTypes.Dname => EndsWithNames(record, 0, 1, 0),
            DnsTypes.Mx => EndsWithNames(record, 2, 1, 0),
            DnsTypes.Srv => EndsWithNames(record, 6, 1, 0),
            DnsTypes.Soa => EndsWithNames(record, 0, 2, 20),
            DnsTypes.Txt => IsStrings(record.Data),
            DnsTypes.Caa => record.DataLength >= 2 && record.Data[1] > 0 && 2 + record.Data[1] <= record.DataLength,
            DnsTypes.Svcb or DnsTypes.Https => IsServiceBinding(record),
            DnsTypes.Opt => IsOptions(record.Data, 0),
            _ => true,
        };
    }

    /// <summary>A fixed part, names, and another fixed part that ends the RDATA.</summary>
    private static bool EndsWithNames(in DnsRecord record, int before, int names, int after)
    {
        var offset = record.DataOffset + before;
        var end = record.DataOffset + record.DataLength;
        for (var i = 0; i < names; i++)
        {
            if (offset >= end || DnsNameReader.TryRead(record.Message[..end], ref offset, [], out _) != DnsReadStatus.Ok) return false;
        }

        return offset + after == end;
    }

    /// <summary>Strings with a length byte each (RFC 1035, section 3.3.14). No string at all is against the letter, but seen and harmless.</summary>
    private static bool IsStrings(ReadOnlySpan<byte> data)
    {
        while (!data.IsEmpty)
        {
            if (1 + data[0] > data.Length) return false;
            data = data[(1 + data[0])..];
        }

        return true;
    }

    /// <summary>Priority, target, and parameters as (key, length, value) (RFC 9460, section 2.2).</summary>
    private static bool IsServiceBinding(in DnsRecord record)
    {
        var offset = record.DataOffset + 2;
        var end = record.DataOffset + record.DataLength;
        return offset < end
            && DnsNameReader.TryRead(record.Message[..end], ref offset, [], out _) == DnsReadStatus.Ok
            && IsOptions(record.Message[..end], offset);
    }

    private static bool IsOptions(ReadOnlySpan<byte> data, int offset)
    {
        while (offset < data.Length)
        {
            if (offset + 4 > data.Length) return false;
            offset += 4 + BinaryPrimitives.ReadUInt16BigEndian(data[(offset + 2)..]);
        }

        return offset == data.Length;
    }
}
