using System.Text.RegularExpressions;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Every PowerShell command of README runs as it stands, from the root of a clone.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string s_readme = File.ReadAllText(Repository.Path("README.md")).ReplaceLineEndings("\n");

    private readonly ModuleSession _session = new();
    private readonly Captures _captures = new();

    public ReadmeTests()
    {
        foreach (var capture in Directory.GetFiles(Captures.Folder)) _captures.Copy(capture, "examples/captures/" + Path.GetFileName(capture));
        foreach (var script in Directory.GetFiles(Repository.Path("examples"), "*.ps1")) _captures.Copy(script, "examples/" + Path.GetFileName(script));
        var staged = Path.Combine(_captures.Temporary, "output", "DnsTunnel");
        Directory.CreateDirectory(Path.GetDirectoryName(staged)!);
        Directory.CreateSymbolicLink(staged, Repository.StagedModule);
        _session.Run("param($d) $null = $ExecutionContext.SessionState.Path.SetLocation($d)", ("d", _captures.Temporary));
    }

    public static TheoryData<string> Blocks() => [.. PowerShellBlock().Matches(s_readme).Select(m => m.Groups[1].Value)];

    public void Dispose()
    {
        _session.Dispose();
        _captures.Dispose();
    }

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Its_commands_run(string block)
    {
        var output = _session.Run(block);
        Assert.Empty(_session.Errors);
        Assert.True(output.Count > 0 || block.Contains("-WhatIf", StringComparison.Ordinal), block);
    }

    [Fact]
    public void The_pipeline_stands_in_the_first_screen()
    {
        var firstScreen = string.Join('\n', s_readme.Split('\n').Take(24));
        Assert.Contains("Start-DnsCapture", firstScreen, StringComparison.Ordinal);
        Assert.Contains("Test-DnsTunneling |", firstScreen, StringComparison.Ordinal);
        Assert.Contains("Invoke-DnsTunnelResponse", firstScreen, StringComparison.Ordinal);
        Assert.Contains("dotnet run -c Release --project src/DnsTunnel.Shell -- -File examples/Find-DnsTunnel.ps1", firstScreen, StringComparison.Ordinal);
    }

    /// <summary>The findings and reasons that README shows are those of the example.</summary>
    [Fact]
    public void What_it_says_the_example_prints_is_what_it_prints()
    {
        var shown = TextBlock().Match(s_readme).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Squeeze).ToList();
        var printed = _session.Show("param($s) & $s", ("s", Repository.Path("examples/Find-DnsTunnel.ps1"))).Split('\n').Select(Squeeze).ToHashSet();
        Assert.NotEmpty(shown);
        Assert.All(shown, line => Assert.Contains(line, printed));
    }

    private static string Squeeze(string line) => Space().Replace(line, " ").Trim();

    [GeneratedRegex("```powershell\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex PowerShellBlock();

    [GeneratedRegex("```text\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex TextBlock();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
