using System.Globalization;

namespace DnsTunnel.Processes;

/// <summary>A process in a line, as findings carry it: <c>/usr/bin/example (4242)</c>.</summary>
internal static class ProcessText
{
    /// <summary>Printable, for processes choose what they are called; null when nothing is known.</summary>
    public static string? Of(string? path, string? name, int? id)
    {
        var program = string.IsNullOrEmpty(path) ? name : path;
        if (id is null) return string.IsNullOrEmpty(program) ? null : Printable.Text(program);
        return string.Create(CultureInfo.InvariantCulture, $"{Printable.Text(string.IsNullOrEmpty(program) ? "process" : program)} ({id})");
    }

    /// <summary>The other way round.</summary>
    public static (string Program, int? Id) Read(string text)
    {
        var open = text.LastIndexOf(" (", StringComparison.Ordinal);
        return open > 0 && text.EndsWith(')') && int.TryParse(text.AsSpan(open + 2, text.Length - open - 3), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (text[..open], id)
            : (text, null);
    }
}
