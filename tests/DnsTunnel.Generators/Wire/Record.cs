using System.Buffers.Binary;

namespace DnsTunnel.Generators.Wire;

/// <summary>A resource record whose RDATA is bytes, then a name if it has one, then bytes. Without an owner it belongs to the question.</summary>
internal sealed record Record(ushort Type, uint Ttl, byte[] Prefix, string? Target = null, byte[]? Suffix = null, string? Owner = null)
{
    private const int LongestString = 255;

    public static Record A(uint address, uint ttl = 300, string? owner = null) => new(RecordType.A, ttl, BigEndian(address), Owner: owner);

    public static Record A(ReadOnlySpan<byte> address, uint ttl = 300) => new(RecordType.A, ttl, address.ToArray());

    public static Record Aaaa(ReadOnlySpan<byte> address, uint ttl = 300, string? owner = null) =>
        new(RecordType.Aaaa, ttl, address.ToArray(), Owner: owner);

    public static Record Cname(string target, uint ttl = 300, string? owner = null) => new(RecordType.Cname, ttl, [], target, Owner: owner);

    public static Record Ns(string target, uint ttl = 86400) => new(RecordType.Ns, ttl, [], target);

    public static Record Ptr(string target, uint ttl = 3600) => new(RecordType.Ptr, ttl, [], target);

    public static Record Mx(ushort preference, string target, uint ttl = 3600) =>
        new(RecordType.Mx, ttl, [(byte)(preference >> 8), (byte)preference], target);

    public static Record Srv(ushort priority, ushort port, string target, uint ttl = 600) =>
        new(RecordType.Srv, ttl, [(byte)(priority >> 8), (byte)priority, 0, 100, (byte)(port >> 8), (byte)port], target);

    /// <summary>For a host that has A, RRSIG and NSEC (the type bits of RFC 4034 section 4.1.2).</summary>
    public static Record Nsec(string owner, string next, uint ttl = 300) => new(RecordType.Nsec, ttl, [], next, [0, 6, 0x40, 0, 0, 0, 0, 3], owner);

    public static Record Raw(ushort type, ReadOnlySpan<byte> data, uint ttl = 0) => new(type, ttl, data.ToArray());

    /// <summary>TXT, cut into character strings (RFC 1035 section 3.3.14).</summary>
    public static Record Txt(string text, uint ttl = 300)
    {
        var data = new List<byte>(text.Length + 2);
        for (var at = 0; at == 0 || at < text.Length; at += LongestString)
        {
            var part = text.Substring(at, Math.Min(LongestString, text.Length - at));
            data.Add((byte)part.Length);
            data.AddRange(part.Select(c => (byte)c));
        }
        return new(RecordType.Txt, ttl, [.. data]);
    }

    public static Record Soa(string zone, uint ttl = 300)
    {
        var suffix = new byte[1 + 20];
        uint[] timers = [2025030401, 7200, 900, 1209600, ttl];
        for (var i = 0; i < timers.Length; i++) BinaryPrimitives.WriteUInt32BigEndian(suffix.AsSpan(1 + i * 4), timers[i]);
        return new(RecordType.Soa, ttl, [], "ns1." + zone, suffix, zone);
    }

    private static byte[] BigEndian(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }
}
