using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace DnsTunnel.Names;

/// <summary>
/// Domain names in wire form (labels, each preceded by its length, ended by the empty one; RFC 1035, section 3.1) and as text
/// (master file escapes, no final dot). A name that is cut or has a length over 63 is read up to there; nothing here throws on it.
/// </summary>
internal static class DnsName
{
    /// <summary>Longest name in wire form, RFC 1035, section 2.3.4.</summary>
    public const int MaxWireLength = 255;

    /// <summary>Longest label, RFC 1035, section 2.3.4.</summary>
    public const int MaxLabelLength = 63;

    /// <summary>Longest text of a name: four labels of 250 bytes in all, each byte written as <c>\DDD</c>, and three dots.</summary>
    public const int MaxTextLength = 250 * 4 + 3;

    // 0x21 to 0x7E without the backslash.
    private static readonly SearchValues<byte> s_plain = SearchValues.Create(
        "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    /// <summary>Turns text into wire form.</summary>
    /// <param name="text">Labels and dots, with <c>\DDD</c> and <c>\X</c> as in master files; labels outside ASCII become A-labels.</param>
    /// <param name="wire">Where the name goes; <see cref="MaxWireLength"/> bytes are always enough. Its content is undefined on failure.</param>
    /// <param name="length">Bytes written.</param>
    /// <returns>False when the text is not a name, or does not fit.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, Span<byte> wire, out int length) => DnsNameParser.TryParse(text, wire, out length);

    /// <summary>The name as text, <c>.</c> for the root.</summary>
    public static string ToText(ReadOnlySpan<byte> wire)
    {
        if (wire.Length > MaxWireLength) wire = wire[..MaxWireLength];
        // The dots of the text stand where the lengths of the wire form are: a plain name is copied whole, then the dots are set.
        // (string.Create takes no span as its state before .NET 9.)
        Span<byte> text = stackalloc byte[MaxWireLength];
        wire.CopyTo(text);
        var (end, labels) = (0, 0);
        for (; end < wire.Length && wire[end] is not 0 and <= MaxLabelLength && end + wire[end] < wire.Length; end += 1 + wire[end])
        {
            text[end] = (byte)'.';
            labels++;
        }
        if (labels == 0) return ".";

        text = text[1..end];
        var plain = !text.ContainsAnyExcept(s_plain) && text.Count((byte)'.') == labels - 1;
        return plain ? Encoding.Latin1.GetString(text) : ToEscapedText(wire);
    }

    /// <summary>Writes the name as text, <c>.</c> for the root, and returns the number of characters.</summary>
    /// <exception cref="ArgumentException">It does not fit; <see cref="MaxTextLength"/> characters are enough for every valid name.</exception>
    public static int WriteText(ReadOnlySpan<byte> wire, Span<char> destination)
    {
        var length = 0;
        var rest = wire;
        while (TryReadLabel(ref rest, out var label))
        {
            var dot = length > 0 ? 1 : 0;
            var needed = length + dot + EscapedLength(label);
            if (needed > destination.Length) throw new ArgumentException("The text of the name does not fit.", nameof(destination));

            if (dot > 0) destination[length++] = '.';
            foreach (var value in label) length += WriteByte(value, destination[length..]);
        }
        if (length > 0) return length;
        if (destination.IsEmpty) throw new ArgumentException("The text of the name does not fit.", nameof(destination));
        destination[0] = '.';
        return 1;
    }

    /// <summary>The number of labels, the empty one at the end not counted.</summary>
    public static int LabelCount(ReadOnlySpan<byte> wire)
    {
        var count = 0;
        while (TryReadLabel(ref wire, out _)) count++;
        return count;
    }

    /// <summary>Takes the first label off a name; false at its end.</summary>
    public static bool TryReadLabel(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> label)
    {
        if (rest.IsEmpty || rest[0] is 0 or > MaxLabelLength || rest[0] >= rest.Length)
        {
            label = default;
            return false;
        }
        label = rest.Slice(1, rest[0]);
        rest = rest[(1 + label.Length)..];
        return true;
    }

    /// <summary>
    /// Copies a name with A-Z lowered and all other bytes as they are (RFC 4343, section 3). Lengths are at most 63, below 'A',
    /// so that the name needs no walk. The destination may be the source.
    /// </summary>
    public static void ToLower(ReadOnlySpan<byte> wire, Span<byte> destination)
    {
        var size = Vector128<byte>.Count;
        destination = destination[..wire.Length];
        if (wire.Length < size)
        {
            for (var i = 0; i < wire.Length; i++) destination[i] = Lower(wire[i]);
            return;
        }

        ref var from = ref MemoryMarshal.GetReference(wire);
        ref var to = ref MemoryMarshal.GetReference(destination);
        for (nuint i = 0; i <= (nuint)(wire.Length - size); i += (nuint)size) Lower(Vector128.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
        // The last bytes are done with those before them; lowering twice changes nothing.
        var last = (nuint)(wire.Length - size);
        Lower(Vector128.LoadUnsafe(ref from, last)).StoreUnsafe(ref to, last);
    }

    /// <summary>Whether two names are the same but for the case of A-Z (RFC 4343, section 3).</summary>
    public static bool EqualsIgnoreCase(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (left.Length != right.Length) return false;
        var size = Vector128<byte>.Count;
        if (left.Length < size)
        {
            for (var i = 0; i < left.Length; i++)
            {
                if (Lower(left[i]) != Lower(right[i])) return false;
            }
            return true;
        }

        ref var a = ref MemoryMarshal.GetReference(left);
        ref var b = ref MemoryMarshal.GetReference(right);
        var last = (nuint)(left.Length - size);
        for (nuint i = 0; i < last; i += (nuint)size)
        {
            if (Lower(Vector128.LoadUnsafe(ref a, i)) != Lower(Vector128.LoadUnsafe(ref b, i))) return false;
        }
        return Lower(Vector128.LoadUnsafe(ref a, last)) == Lower(Vector128.LoadUnsafe(ref b, last));
    }

    private static byte Lower(byte value) => (uint)(value - 'A') < 26 ? (byte)(value | 0x20) : value;

    private static Vector128<byte> Lower(Vector128<byte> value) =>
        value | (Vector128.LessThan(value - Vector128.Create((byte)'A'), Vector128.Create((byte)26)) & Vector128.Create((byte)0x20));

    private static string ToEscapedText(ReadOnlySpan<byte> wire)
    {
        // One byte more than a valid name has: the end may be missing.
        Span<char> text = stackalloc char[MaxTextLength + 4];
        return new string(text[..WriteText(wire, text)]);
    }

    private static int EscapedLength(ReadOnlySpan<byte> label)
    {
        var length = 0;
        foreach (var value in label) length += value is (byte)'.' or (byte)'\\' ? 2 : value is < 0x21 or > 0x7E ? 4 : 1;
        return length;
    }

    private static int WriteByte(byte value, Span<char> destination)
    {
        if (value is < 0x21 or > 0x7E)
        {
            destination[3] = (char)('0' + value % 10);
            destination[2] = (char)('0' + value / 10 % 10);
            destination[1] = (char)('0' + value / 100);
            destination[0] = '\\';
            return 4;
        }
        if (value is not ((byte)'.' or (byte)'\\'))
        {
            destination[0] = (char)value;
            return 1;
        }
        destination[1] = (char)value;
        destination[0] = '\\';
        return 2;
    }
}
