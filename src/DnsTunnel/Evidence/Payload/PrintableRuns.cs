using System.Buffers;
using System.Text;

namespace DnsTunnel.Evidence.Payload;

/// <summary>The readable pieces of bytes that nobody vouches for: printable ASCII, so safe for a terminal.</summary>
internal static class PrintableRuns
{
    private const int Shortest = 6;

    /// <summary>In so many random bytes, runs of six come up by the dozen.</summary>
    private const int ShortestInMuch = 12;
    private const int Much = 4096;
    private const int Longest = 80;

    private static readonly SearchValues<byte> s_printable = SearchValues.Create([.. Enumerable.Range(0x20, 0x5F).Select(value => (byte)value)]);

    /// <param name="content">To look through.</param>
    /// <param name="max">How many pieces.</param>
    public static string[] Find(ReadOnlySpan<byte> content, int max)
    {
        var runs = new List<string>();
        var shortest = content.Length < Much ? Shortest : ShortestInMuch;
        while (!content.IsEmpty && runs.Count < max)
        {
            var length = content.IndexOfAnyExcept(s_printable);
            var run = length < 0 ? content : content[..length];
            var text = Encoding.ASCII.GetString(run[..Math.Min(run.Length, Longest)]).Trim();
            if (text.Length >= shortest) runs.Add(text);
            content = content[Math.Min(content.Length, Math.Min(run.Length, Longest) + (length >= 0 && run.Length <= Longest ? 1 : 0))..];
        }

        return [.. runs];
    }

    /// <summary>All bytes as text of the same length, those that are not printable as dots.</summary>
    public static string Dotted(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var value in bytes) text.Append(s_printable.Contains(value) ? (char)value : '.');
        return text.ToString();
    }
}
