using System.Buffers.Text;
using System.IO.Hashing;

namespace DnsTunnel.Volume;

/// <summary>What a label is, to be compared with those before it: how far numbers are apart, and whether others are the same.</summary>
internal static class LabelValue
{
    /// <summary>Digits, decimal or hexadecimal, that stay under <see cref="NoNumber"/>.</summary>
    private const int MostDigits = 15;

    /// <summary>Set in the hash that stands for a label which is no number.</summary>
    private const ulong NoNumber = 1UL << 63;

    public static ulong Of(ReadOnlySpan<byte> label)
    {
        if (label.Length is > 0 and <= MostDigits)
        {
            if (Utf8Parser.TryParse(label, out ulong number, out var read) && read == label.Length) return number;
            if (Utf8Parser.TryParse(label, out number, out read, 'x') && read == label.Length) return number;
        }

        return XxHash3.HashToUInt64(label) | NoNumber;
    }

    /// <summary>How far a value is from another; null when they differ and one is no number.</summary>
    public static long? Distance(ulong value, ulong from) => value == from ? 0 : ((value | from) & NoNumber) == 0 ? (long)(value - from) : null;
}
