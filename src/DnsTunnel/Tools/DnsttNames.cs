using DnsTunnel.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.Tools;

/// <summary>
/// Names of dnstt: https://www.bamsoftware.com/software/dnstt/protocol.html. In base 32, in labels of 63: a client identifier of eight
/// bytes, then either E8 and eight bytes of padding (a poll), or E3, three bytes of padding, a length and a packet that long.
/// </summary>
internal static class DnsttNames
{
    private const int FullLabel = 63;
    private const int PaddingAt = 8;
    private const int PollLength = 17;
    private const int LengthAt = 12;

    public static bool IsPacket(in AskedName name)
    {
        if (name.Type != DnsTypes.Txt || !name[0].IsAll(Alphabet.Base32)) return false;
        Span<byte> buffer = stackalloc byte[DnsName.MaxWireLength];
        var text = name.Join(FullLabel, first: 0, buffer);
        var length = text.Length * 5 / 8;
        if (length < PollLength || !text.IsAll(Alphabet.Base32)) return false;
        return ByteAt(text, PaddingAt) switch
        {
            0xE8 => length == PollLength,
            0xE3 => length == LengthAt + 1 + ByteAt(text, LengthAt),
            _ => false,
        };
    }

    private static int ByteAt(ReadOnlySpan<byte> text, int index)
    {
        var bit = 8 * index;
        var bits = 0;
        for (var i = bit / 5; i <= (bit + 7) / 5; i++) bits = (bits << 5) | Value(text[i]);
        return (bits >> (4 - ((bit + 7) % 5))) & 0xFF;
    }

    private static int Value(byte character) => character <= '7' ? character - '2' + 26 : Alphabet.Lower(character) - 'a';
}
