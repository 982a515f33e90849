using System.Globalization;
using System.Text.Encodings.Web;

namespace DnsTunnel.Report;

/// <summary>
/// Writes HTML. Every text goes through the encoder, which lets through nothing but ASCII letters, digits and harmless marks, and
/// before it through <see cref="Printable"/>, for entities of direction marks would still turn text round.
/// </summary>
internal sealed class Html(TextWriter output)
{
    /// <summary>Markup of our own; never with anything in it that came from outside.</summary>
    public Html Raw(string markup)
    {
        output.Write(markup);
        return this;
    }

    public Html Text(string text)
    {
        output.Write(HtmlEncoder.Default.Encode(Printable.Text(text)));
        return this;
    }

    /// <summary>An element that holds text.</summary>
    public Html Element(string name, string text) => Raw($"<{name}>").Text(text).Raw($"</{name}>");

    /// <summary>A cell of a class that CSS knows.</summary>
    public Html Cell(string kind, string text) => Raw($"<td class=\"{kind}\">").Text(text).Raw("</td>");

    /// <summary>A cell with a number; CSS aligns it to the right.</summary>
    public Html Number(double number) => Raw("<td class=\"n\">").Text(number.ToString("#,0.#", CultureInfo.InvariantCulture)).Raw("</td>");

    public Html Time(DateTime time) =>
        Raw("<td class=\"t\">").Text(time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)).Raw("</td>");

    /// <summary>The head of a table; columns of numbers are marked #.</summary>
    public Html Columns(params ReadOnlySpan<string> names)
    {
        Raw("<thead><tr>");
        foreach (var name in names) Raw(name[0] == '#' ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">").Text(name.TrimStart('#')).Raw("</th>");
        return Raw("</tr></thead>");
    }
}
