using System.Globalization;
using System.Text;

namespace DnsTunnel.ClickHouse;

/// <summary>Values in the SQL of ClickHouse. Servers of 2018 take no parameters, so every value that is no number passes here.</summary>
internal static class SqlText
{
    /// <summary>A string: every byte that is no letter or digit of ASCII stands as \xHH, so there is nothing to end the literal with.</summary>
    public static string Literal(string value) => Quote(value, '\'');

    /// <summary>The name of a database or table.</summary>
    public static string Identifier(string value) => Quote(value, '`');

    private static string Quote(string value, char quote)
    {
        var text = new StringBuilder(value.Length + 2).Append(quote);
        foreach (var b in Encoding.UTF8.GetBytes(value))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b == (byte)'_') text.Append((char)b);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{b:X2}");
        }

        return text.Append(quote).ToString();
    }
}
