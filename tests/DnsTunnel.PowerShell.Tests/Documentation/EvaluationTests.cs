using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>The tables of README and docs/evaluation.md, the result files and the model are of one run of tests/tools/evaluate.sh.</summary>
public sealed class EvaluationTests
{
    private static readonly string s_readme = File.ReadAllText(Repository.Path("README.md"));
    private static readonly string s_document = File.ReadAllText(Repository.Path("docs/evaluation.md"));
    private static readonly List<Dictionary<string, string>> s_rows = Read("evaluation.tsv");
    private static readonly List<Dictionary<string, string>> s_summaries = Read("evaluation-summary.tsv");

    [Fact]
    public void The_table_of_README_has_what_was_measured()
    {
        var table = s_readme.Split("<!-- evaluation -->")[1].Split("<!-- /evaluation -->")[0];
        var rules = s_summaries.Select(s => s["rule"]).Distinct().ToList();
        Assert.Equal(9, rules.Count);
        Assert.All(rules, rule =>
        {
            var (shared, generated) = (Summary("shared", rule), Summary("generated", rule));
            Assert.Contains(
                $"| {rule} | {Percent(shared, 0)} | {shared["false_domains"]} | {Percent(generated, 0)} | {generated["false_domains"]} |", table, StringComparison.Ordinal);
        });
        var left = Summary("leave-one-out", "DnsTunnel");
        Assert.Contains($"tool left out |  |  | {Percent(left, 0)} | {left["false_domains"]} |", table, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_of_the_document_have_what_was_measured() => Assert.All(s_summaries.Where(s => s["set"] != "unjudged"), s =>
        Assert.Contains($"| {s["rule"]} | {Percent(s, 1)} | {s["found"]} of {s["tunnels"]} |", s_document, StringComparison.Ordinal));

    [Fact]
    public void The_sums_are_those_of_the_rows() => Assert.All(s_summaries, s =>
    {
        var own = s_rows.Where(r => r["set"] == s["set"] && r["rule"] == s["rule"]).ToList();
        Assert.Equal(int.Parse(s["found"], CultureInfo.InvariantCulture), own.Count(r => r["found"] == "True"));
        Assert.Equal(int.Parse(s["tunnels"], CultureInfo.InvariantCulture), own.Count(r => r["label"] == "Tunnel"));
        Assert.Equal(int.Parse(s["false_domains"], CultureInfo.InvariantCulture), own.Sum(r => Count(r, "false_domains")));
    });

    [Fact]
    public void Every_miss_and_every_false_alarm_is_in_the_document_with_its_cause()
    {
        Assert.DoesNotContain("NOT EXPLAINED YET", s_document, StringComparison.Ordinal);
        var own = s_rows.Where(r => r["rule"] == "DnsTunnel").ToList();
        Assert.All(own.Where(r => r["found"] == "False"), r => Assert.Contains($"| {Regex.Replace(r["path"], "^tunnel/(held-out(-2)?/)?", string.Empty).Split(".pcap")[0]} | {Score(r)} | ", s_document, StringComparison.Ordinal));
        Assert.All(own.Where(r => Count(r, "false_domains") > 0), r => Assert.Contains($"| {r["path"]} | {Count(r, "false_domains")} | ", s_document, StringComparison.Ordinal));
        Assert.All(own.Where(r => Count(r, "unjudged_domains") > 0), r => Assert.Contains($"| {r["path"]} | {Count(r, "unjudged_domains")} | ", s_document, StringComparison.Ordinal));
    }

    /// <summary>Both seeds have the same captures, and what is labelled is trained on.</summary>
    [Fact]
    public void The_model_was_trained_on_the_captures_that_were_measured()
    {
        using var model = JsonDocument.Parse(File.ReadAllBytes(Repository.Path("module/data/model.json")));
        var trained = model.RootElement.GetProperty("training").GetProperty("sources").EnumerateArray()
            .Select(s => $"{s.GetProperty("path").GetString()} {s.GetProperty("label").GetString()}");
        var measured = s_rows.Where(r => r["set"] is "shared" or "generated" && r["rule"] == "DnsTunnel" && r["label"] != "Unlabelled")
            .Select(r => $"{Path.GetFileName(r["path"])} {r["label"]}");
        Assert.Equal(measured.Order(StringComparer.Ordinal), trained.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_row_names_a_place_of_the_machine() =>
        Assert.All(s_rows, r => Assert.False(Path.IsPathRooted(r["path"]) || Path.IsPathRooted(r["group"]), r["path"]));

    private static Dictionary<string, string> Summary(string set, string rule) => s_summaries.Single(s => s["set"] == set && s["rule"] == rule);

    private static string Percent(Dictionary<string, string> summary, int digits) =>
        (100 * Number(summary["found_rate"])).ToString($"F{digits}", CultureInfo.InvariantCulture) + "%";

    private static string Score(Dictionary<string, string> row) => Number(row["score"]).ToString("F1", CultureInfo.InvariantCulture);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Count(Dictionary<string, string> row, string column) => int.Parse(row[column], CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Read(string name)
    {
        var lines = File.ReadAllLines(Repository.Path("tests/results/" + name));
        var columns = lines[0].Split('\t');
        return [.. lines.Skip(1).Select(l => columns.Zip(l.Split('\t')).ToDictionary(p => p.First, p => p.Second))];
    }
}
