using System.IO.Hashing;
using System.Net;
using System.Text;

namespace DnsTunnel.Logs;

/// <summary>Keeps the strings that logs repeat on each line: addresses, types, hosts. A newcomer takes the place of what was there.</summary>
internal sealed class TextCache
{
    private const int TextSlots = 1 << 13;

    /// <summary>Answers too: a network meets more addresses than types and hosts, and to read one costs more than all the rest of a line.</summary>
    private const int AddressSlots = 1 << 13;

    private const int MaxLength = 64;

    private readonly string?[] _texts = new string?[TextSlots];
    private readonly string?[] _addresses = new string?[AddressSlots];

    /// <summary>The text, cleaned as <see cref="LogText.Decode"/> does.</summary>
    public string Text(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxLength) return LogText.Decode(utf8);
        ref var slot = ref Slot(_texts, utf8);
        return slot is not null && Ascii.Equals(utf8, slot) ? slot : slot = LogText.Decode(utf8);
    }

    /// <summary>An address as all sources write it (RFC 5952, IPv4-mapped as IPv4); null when the text is none.</summary>
    public string? Address(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > MaxLength) return null;
        ref var slot = ref Slot(_addresses, text);
        if (slot is not null && Ascii.Equals(text, slot)) return slot;

        Span<char> characters = stackalloc char[MaxLength];
        Encoding.Latin1.GetChars(text, characters);
        characters = characters[..text.Length];
        // IPAddress takes the old forms of IPv4 too (3.14, 0x7f.1), and brackets before a port: none is an address here.
        var isForm = characters.Contains(':') ? characters[0] != '[' : characters.Count('.') == 3 && !characters.ContainsAnyExcept("0123456789.");
        if (!isForm || !IPAddress.TryParse(characters, out var address)) return null;
        return slot = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static ref string? Slot(string?[] slots, ReadOnlySpan<byte> text) => ref slots[(int)(XxHash3.HashToUInt64(text) & (uint)(slots.Length - 1))];
}
