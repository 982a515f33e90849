namespace DnsTunnel.Volume;

/// <summary>
/// Names of hosts are often a few words and a number: cache-fra-12, DESKTOP-AB12CD3, de1234. The words, once told, cost no more than
/// saying which of those told before they are.
/// </summary>
internal static class LabelPrefix
{
    /// <summary>Bits that say which of the prefixes of a domain stands before the rest of a label; its own head adds nine.</summary>
    public const int ReferenceCost = 8 * LabelCode.Unit;

    /// <summary>How long the part is that other labels may share: up to the last hyphen, or the letters before a digit.</summary>
    /// <returns>0 when there is none, or nothing after it, and for labels that every network has.</returns>
    public static int LengthOf(ReadOnlySpan<byte> label)
    {
        if (LabelCode.IsCommon(label)) return 0;
        var hyphen = label.LastIndexOf((byte)'-');
        if (hyphen > 0 && hyphen < label.Length - 1) return hyphen + 1;
        var letters = label.IndexOfAnyInRange((byte)'0', (byte)'9');
        return letters >= MinLetters ? letters : 0;
    }

    /// <summary>Hexadecimal seldom begins with more letters.</summary>
    private const int MinLetters = 2;
}
