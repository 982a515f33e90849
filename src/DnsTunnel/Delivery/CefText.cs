using System.Text;

namespace DnsTunnel.Delivery;

/// <summary>
/// Text as the Common Event Format escapes it (ArcSight CEF implementation standard, "Character encoding"): | in the header, = in the
/// extension, and the backslash in both. Line breaks and other controls are gone before (<see cref="Printable"/>).
/// </summary>
internal static class CefText
{
    public static string Header(string text) => Escape(text, '|');

    public static string Extension(string text) => Escape(text, '=');

    private static string Escape(string text, char mark)
    {
        var escaped = new StringBuilder();
        foreach (var c in Printable.Text(text))
        {
            if (c == mark || c == '\\') escaped.Append('\\');
            escaped.Append(c);
        }
        return escaped.ToString();
    }
}
