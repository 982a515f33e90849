namespace DnsTunnel.Tools;

/// <summary>
/// Names of goDoH: https://github.com/sensepost/godoh, protocol/utils.go and constants.go. stream.state.number.checksum.protocol.count and
/// three labels of data, all in hexadecimal but the number.
/// </summary>
internal static class GodohNames
{
    public static bool IsRequest(in AskedName name)
    {
        if (name[0].Length != 4 || !IsState(name[1]) || !name[2].IsNumber(longest: 9) || name[3].Length > 8) return false;
        if (!IsDigit(name[4], '1') || !IsDigit(name[5], '3')) return false;
        return name[0].IsAll(Alphabet.Hexadecimal)
            && name[3].IsAll(Alphabet.Hexadecimal)
            && name[6].IsAll(Alphabet.Hexadecimal)
            && name[7].IsAll(Alphabet.Hexadecimal)
            && name[8].IsAll(Alphabet.Hexadecimal);
    }

    /// <summary>Start, data, end.</summary>
    private static bool IsState(ReadOnlySpan<byte> label) => Alphabet.Same(label, "be"u8) || Alphabet.Same(label, "ef"u8) || Alphabet.Same(label, "ca"u8);

    private static bool IsDigit(ReadOnlySpan<byte> label, char highest) => label.Length == 1 && label[0] >= '0' && label[0] <= highest;
}
