namespace DnsTunnel.PowerShell.Tests;

/// <summary>docs/architecture.md and CONTRIBUTING.md leave out nothing that a reader of the code will meet.</summary>
public sealed class ArchitecturePageTests
{
    private static readonly string s_page = File.ReadAllText(Repository.Path("docs/architecture.md"));

    [Fact]
    public void Every_stage_has_a_row() =>
        Assert.All(Folders("src/DnsTunnel"), folder => Assert.Contains($"| `{folder}`", s_page, StringComparison.Ordinal));

    [Fact]
    public void Every_part_of_the_response_is_named() =>
        Assert.All(Folders("src/DnsTunnel/Response"), folder => Assert.Contains($"`{folder}`", s_page, StringComparison.Ordinal));

    [Fact]
    public void Every_script_of_the_tools_is_in_CONTRIBUTING()
    {
        var page = File.ReadAllText(Repository.Path("CONTRIBUTING.md"));
        Assert.All(Directory.GetFiles(Repository.Path("tests/tools")), file => Assert.Contains($"| `{Path.GetFileName(file)}` |", page, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Folders(string path) =>
        Directory.GetDirectories(Repository.Path(path)).Select(f => Path.GetFileName(f)!).Where(f => f is not ("bin" or "obj"));
}
