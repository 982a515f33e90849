using System.Text.RegularExpressions;
using DnsTunnel.Names;

namespace DnsTunnel.Exceptions;

/// <summary>
/// The shape of the labels left of a domain. A regular expression sees them as text with dots; it is matched whole and in linear time,
/// for names are written by attackers.
/// </summary>
internal sealed class ExceptionShape
{
    private const int MaxPatternLength = 1000;

    private const RegexOptions Options =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    // What tunnels ask for; a shape that has it lets everything through.
    private static readonly string s_tunnel = string.Join('.', Enumerable.Repeat("k7x2m9qz4wj8r5t1n6bvc3hd0fgyslpea7u2i9o4k7x2m9qz4wj8r5t1n", 3));

    private readonly Regex _regex;

    private ExceptionShape(Regex regex) => _regex = regex;

    /// <summary>Whether it lets long labels of any letters and digits through, and so is none.</summary>
    public bool IsOpen => _regex.IsMatch(s_tunnel);

    /// <summary>Reads a regular expression of .NET without look-around and back-references.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ExceptionShape Parse(string pattern)
    {
        if (pattern.Length > MaxPatternLength) throw new FormatException($"it is longer than {MaxPatternLength} characters");
        try
        {
            // By itself first: "a)|(?:b" would be a valid expression between the anchors, and lose them.
            _ = new Regex(pattern, Options);
            return new ExceptionShape(new Regex($@"\A(?:{pattern})\z", Options));
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            throw new FormatException(exception.Message, exception);
        }
    }

    /// <param name="labels">In wire form and lower case, without an end.</param>
    /// <returns>False, too, when a byte is not printable ASCII, or is a dot or backslash within a label.</returns>
    public bool IsMatch(ReadOnlySpan<byte> labels)
    {
        Span<char> text = stackalloc char[DnsName.MaxWireLength];
        if (labels.Length > text.Length) return false;
        var length = 0;
        while (DnsName.TryReadLabel(ref labels, out var label))
        {
            if (length > 0) text[length++] = '.';
            foreach (var value in label)
            {
                if (value is < 0x21 or > 0x7E or (byte)'.' or (byte)'\\') return false;
                text[length++] = (char)value;
            }
        }
        return labels.IsEmpty && _regex.IsMatch(text[..length]);
    }
}
