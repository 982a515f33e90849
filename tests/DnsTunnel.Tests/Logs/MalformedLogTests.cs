using System.Text.RegularExpressions;

namespace DnsTunnel.Tests.Logs;

/// <summary>The shared table of malformed logs: what each of them must lead to.</summary>
public partial class MalformedLogTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        if (SharedData.Root is null) return cases;
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Root, "malformed", "EXPECTED.tsv")).Skip(1))
        {
            if (line.Split('\t') is [var file, _, var expected] && file.StartsWith("log-", StringComparison.Ordinal)) cases.Add(file, expected);
        }
        return cases;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void A_malformed_log_ends_as_it_should(string file, string expected)
    {
        var content = LogContent.Read(SharedData.Path(Path.Combine("malformed", file)));
        if (expected == "error")
        {
            Assert.NotNull(content.Error);
            return;
        }
        var counts = Counts().Match(expected);
        Assert.True(counts.Success, expected);
        Assert.Null(content.Error);
        Assert.Equal(counts.Groups[1].Value, $"{content.Queries.Count}");
        var passed = content.Statistics!.BadLines + content.Statistics.SkippedLines;
        // Header lines and empty lines are passed over too, but the table does not count them.
        Assert.InRange(passed, int.Parse(counts.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), content.Statistics.Lines);
    }

    [GeneratedRegex("^([0-9]+) good records?, ([0-9]+) skipped")]
    private static partial Regex Counts();
}
