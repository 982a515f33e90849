using System.Buffers;
using DnsTunnel.Names;

namespace DnsTunnel.Tools;

/// <summary>
/// Names of Sliver's DNS channel in base 32: https://github.com/BishopFox/sliver, implant/sliver/transports/dnsclient/dnsclient.go,
/// implant/sliver/encoders/base32.go and protobuf/dnspb/dns.proto. A message is a protocol buffer: type (field 1, left out when 0) and
/// identifier (field 2) of 24 bits or more, so its first bytes are 08 type 10 or 10, and the next has its high bit set.
/// </summary>
internal static class SliverNames
{
    private const int FullLabel = 63;

    /// <summary>Type, identifier and a nonce of eight bytes.</summary>
    private const int Shortest = 24;
    private const int LongestProbe = 26;

    private static readonly SearchValues<byte> s_base32 = SearchValues.Create("ab1c2d3e4f5g6h7j8k9m0npqrtuvwxyzABCDEFGHJKMNPQRTUVWXYZ"u8);

    public static bool IsMessage(in AskedName name)
    {
        if (!name[0].IsAll(s_base32)) return false;
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var text = name.Join(FullLabel, first: 0, buffer);
        if (text.Length < Shortest || !text.IsAll(s_base32)) return false;
        return IsTyped(text) || IsProbe(text);
    }

    /// <summary>Five bits a character: 00001 000.00 0tttt 00010000 1; types are 1 to 9.</summary>
    private static bool IsTyped(ReadOnlySpan<byte> text) =>
        Alphabet.Same(text[..2], "ba"u8)
        && "ab1c2"u8.Contains(Alphabet.Lower(text[2]))
        && "bk"u8.Contains(Alphabet.Lower(text[3]))
        && Alphabet.Lower(text[4]) == 'b';

    /// <summary>The check of a resolver: 00010 000.1.</summary>
    private static bool IsProbe(ReadOnlySpan<byte> text) =>
        text.Length <= LongestProbe && text[0] == '1' && Alphabet.Lower(text[1]) is (byte)'1' or (byte)'c';
}
