namespace DnsTunnel.Volume;

/// <summary>
/// How many bits a label carries: its length in the shortest of a few fixed codes. One numbers the labels that every network has; in
/// one, letters that often follow each other are short; the others write each character with as many bits as the smallest usual
/// alphabet that has all of them needs. A message of n bits in such a code is one of 2^n, so the sum over distinct labels bounds what
/// choosing them can have told (the counting argument of Paxson et al., USENIX Security 2013, with a code that can be summed and
/// merged instead of a compressor).
/// </summary>
internal static class LabelCode
{
    /// <summary>Costs are counted in sixteenths of a bit.</summary>
    public const int Unit = 16;

    /// <summary>Three bits name one of eight codes, six the length of the label.</summary>
    private const int HeadCost = 9 * Unit;

    /// <summary>Short words are not always shorter in the code of letters that follow each other; what is random is so by more.</summary>
    private const int RandomMargin = 4 * Unit;

    private static readonly int s_digit = Bits(10);
    private static readonly int s_hexadecimal = Bits(16);

    /// <summary>a to z and 0 to 7: the five-bit alphabets of RFC 4648 and of iodine.</summary>
    private static readonly int s_base32 = Bits(34);
    private static readonly int s_base36 = Bits(36);

    /// <summary>Letters, digits and - _ + / =.</summary>
    private static readonly int s_base64 = Bits(67);
    private static readonly int s_byte = Bits(256);

    private static readonly CommonLabels s_common = new();
    private static readonly int s_commonCost = Bits(s_common.Count) + (3 * Unit);

    /// <summary>Whether a label is one that every network has.</summary>
    public static bool IsCommon(ReadOnlySpan<byte> label) => s_common.Contains(label);

    /// <summary>The cost of a label (without its length byte) in <see cref="Unit"/>ths of a bit.</summary>
    public static int Cost(ReadOnlySpan<byte> label) => Cost(label, out _);

    /// <param name="label">Without its length byte.</param>
    /// <param name="kind">The code in which it is shortest.</param>
    public static int Cost(ReadOnlySpan<byte> label, out LabelKind kind)
    {
        kind = LabelKind.Common;
        if (s_common.Contains(label)) return s_commonCost;

        var alphabets = Alphabets.None;
        var upper = 0;
        var lower = 0;
        var model = 0;
        var previous = 0;
        foreach (var b in label)
        {
            alphabets |= AlphabetsWithout(b);
            if (b is >= (byte)'A' and <= (byte)'Z') upper++;
            else if (b is >= (byte)'a' and <= (byte)'z') lower++;
            var symbol = Symbol(b);
            model += LabelCodeTable.Cost[(previous * LabelCodeTable.Symbols) + symbol];
            model += symbol switch { DigitSymbol => s_digit, OtherSymbol => s_byte, _ => 0 };
            previous = symbol;
        }

        model += LabelCodeTable.Cost[previous * LabelCodeTable.Symbols];

        // A letter whose case is free tells one bit more; that the whole label is written in capitals, one bit in all.
        if (upper > 0) model += lower > 0 ? (upper + lower) * Unit : Unit;
        kind = SmallestAlphabet(alphabets, upper > 0 && lower > 0);
        var plain = label.Length * CostOf(kind);
        if (model < plain + RandomMargin) kind = LabelKind.Word;
        return HeadCost + Math.Min(model, plain);
    }

    private static LabelKind SmallestAlphabet(Alphabets excluded, bool mixedCase)
    {
        var caseless = !mixedCase;
        if ((excluded & Alphabets.Digits) == 0) return LabelKind.Digits;
        if ((excluded & Alphabets.Hexadecimal) == 0 && caseless) return LabelKind.Hexadecimal;
        if ((excluded & Alphabets.Base32) == 0 && caseless) return LabelKind.Base32;
        if ((excluded & Alphabets.Base36) == 0 && caseless) return LabelKind.Base36;
        return (excluded & Alphabets.Base64) == 0 ? LabelKind.Base64 : LabelKind.Bytes;
    }

    private static int CostOf(LabelKind kind) => kind switch
    {
        LabelKind.Digits => s_digit,
        LabelKind.Hexadecimal => s_hexadecimal,
        LabelKind.Base32 => s_base32,
        LabelKind.Base36 => s_base36,
        LabelKind.Base64 => s_base64,
        _ => s_byte,
    };

    private const int DigitSymbol = 27;
    private const int OtherSymbol = 30;

    private static int Symbol(byte b) => b switch
    {
        >= (byte)'a' and <= (byte)'z' => b - 'a' + 1,
        >= (byte)'A' and <= (byte)'Z' => b - 'A' + 1,
        >= (byte)'0' and <= (byte)'9' => DigitSymbol,
        (byte)'-' => DigitSymbol + 1,
        (byte)'_' => DigitSymbol + 2,
        _ => OtherSymbol,
    };

    /// <summary>The alphabets that lack a byte.</summary>
    private static Alphabets AlphabetsWithout(byte b) => b switch
    {
        >= (byte)'0' and <= (byte)'7' => Alphabets.None,
        (byte)'8' or (byte)'9' => Alphabets.Base32,
        (>= (byte)'a' and <= (byte)'f') or (>= (byte)'A' and <= (byte)'F') => Alphabets.Digits,
        (>= (byte)'g' and <= (byte)'z') or (>= (byte)'G' and <= (byte)'Z') => Alphabets.Digits | Alphabets.Hexadecimal,
        (byte)'-' or (byte)'_' or (byte)'+' or (byte)'/' or (byte)'=' => ~Alphabets.Base64,
        _ => Alphabets.All,
    };

    private static int Bits(int alphabet) => (int)Math.Ceiling(Unit * Math.Log2(alphabet));

    [Flags]
    private enum Alphabets
    {
        None = 0,
        Digits = 1,
        Hexadecimal = 2,
        Base32 = 4,
        Base36 = 8,
        Base64 = 16,
        All = Digits | Hexadecimal | Base32 | Base36 | Base64,
    }
}
