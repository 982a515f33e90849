using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Answers of ordinary hosts: the same host has the same addresses, TTL and content network each time.</summary>
internal static class Answers
{
    private static readonly uint[] s_ttls = [20, 60, 60, 300, 300, 300, 900, 3600, 21600];

    public static uint Ttl(string host) => s_ttls[StableHash.Of("ttl" + host) % s_ttls.Length];

    public static Question Host(string name, ushort type) => new(name, type, For(name, type));

    public static Reply For(string name, ushort type)
    {
        var hash = StableHash.Of(name);
        var ttl = Ttl(name);
        var zone = Zone(name);
        var target = (hash % 10) switch
        {
            < 2 => $"e{hash % 90000 + 1000}.dsc{"abdfgx"[(int)(hash / 7 % 6)]}.akamaiedge.net",
            2 => $"{new Random((int)hash).Next(1 << 28):x7}.cdn.cloudflare.net",
            3 => $"d{Tag(hash)}.cloudfront.net",
            _ => null,
        };
        var owner = target ?? name;
        Record[] chain = target is null ? [] : [Record.Cname(target, ttl)];
        return type switch
        {
            RecordType.A => Reply.Of([.. chain, .. Enumerable.Range(0, (int)(hash >> 8) % 3 + 1).Select(i => Record.A(0x17000000u | (hash + (uint)i) & 0xFFFFFF, ttl, owner))]),
            RecordType.Aaaa when hash % 3 != 0 => Reply.Of([.. chain, Record.Aaaa(Version6(hash), ttl, owner)]),
            _ => new(0, chain, [Record.Soa(zone)]),
        };
    }

    /// <summary>The last two labels: enough for the names used here.</summary>
    public static string Zone(string name)
    {
        var dot = name.LastIndexOf('.');
        var before = dot > 0 ? name.LastIndexOf('.', dot - 1) : -1;
        return before < 0 ? name : name[(before + 1)..];
    }

    public static byte[] Version6(uint hash)
    {
        var address = new byte[16];
        new Random((int)hash).NextBytes(address);
        (address[0], address[1]) = (0x26, 0x06);
        address.AsSpan(4, 8).Clear();
        return address;
    }

    private static string Tag(uint hash)
    {
        var random = new Random((int)hash);
        return new([.. Enumerable.Range(0, 13).Select(_ => "abcdefghijklmnopqrstuvwxyz0123456789"[random.Next(36)])]);
    }
}
