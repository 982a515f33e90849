using System.Text;

namespace DnsTunnel.Tests.Names;

/// <summary>The algorithm of https://publicsuffix.org/list/ word by word, on ASCII strings: what the fast look-up has to agree with.</summary>
internal sealed class NaiveSuffixList(IEnumerable<string> lines)
{
    public HashSet<string> Rules { get; } =
        [.. lines.Select(line => line.Split(' ', '\t', '\r')[0]).Where(rule => rule.Length > 0 && !rule.StartsWith("//", StringComparison.Ordinal) && Ascii.IsValid(rule))];

    public string? RegisteredDomain(string lower)
    {
        var labels = lower.Split('.');
        var suffix = SuffixLabels(labels);
        return labels.Length > suffix ? string.Join('.', labels[^(suffix + 1)..]) : null;
    }

    private int SuffixLabels(string[] labels)
    {
        for (var i = 0; i < labels.Length; i++)
        {
            if (Rules.Contains("!" + string.Join('.', labels[i..]))) return labels.Length - i - 1;
        }
        for (var i = 0; i < labels.Length; i++)
        {
            if (Rules.Contains(string.Join('.', labels[i..])) || Rules.Contains(string.Join('.', labels[(i + 1)..].Prepend("*")))) return labels.Length - i;
        }
        return 1;
    }
}
