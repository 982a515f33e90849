using System.Globalization;
using System.Text;

namespace DnsTunnel;

/// <summary>Text that others wrote, for messages to people: cut, and with nothing in it that a terminal obeys.</summary>
internal static class Printable
{
    private const int Longest = 300;

    /// <summary>Letters of all scripts stay; what is unsafe is written \uXXXX.</summary>
    public static string Text(string text)
    {
        var shown = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (shown.Length >= Longest) return shown.Append("...").ToString();
            if (IsSafe(rune)) shown.Append(rune.ToString());
            else shown.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:X4}");
        }

        return shown.ToString();
    }

    /// <summary>Format characters turn the direction of text round (U+202E); separators and controls begin lines.</summary>
    public static bool IsSafe(Rune rune) => rune.Value == ' ' || (rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned));
}
