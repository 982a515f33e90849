namespace DnsTunnel.PowerShell.Tests;

/// <summary>The walk of examples/ from a capture to evidence, report, exception, response and undo, run as a newcomer runs it.</summary>
public sealed class WalkTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel-walk-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_goes_from_a_capture_to_undo()
    {
        var run = ShellProcess.Run("-File", Repository.Path("examples/Investigate-DnsTunnel.ps1"), "-Folder", _folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        string[] inThisOrder =
        [
            "tunnel.test: 262,144 bytes in iodine base128",
            "it says: iodine",
            "Invoke-DnsTunnelResponse -Action BlockDomain -Domain 'tunnel.test'",
            "report.html",
            "Findings now: 1 instead of 2.",
            "What if:",
            "BlockDomain tunnel.test (Applied)",
            "*.tunnel.test",
            "New 10.99.0.1",
            "BlockDomain tunnel.test (Applied)",
            "Suppressed 10.71.1.2",
            "BlockDomain tunnel.test (Undone)",
        ];
        var at = 0;
        foreach (var text in inThisOrder)
        {
            var found = run.Output.IndexOf(text, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"'{text}' is missing after:\n{run.Output[..at]}\nin:\n{run.Output[at..]}");
            at = found + text.Length;
        }

        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(Path.Combine(_folder, "report.html")));
        Assert.DoesNotContain("tunnel.test", File.ReadAllText(Path.Combine(_folder, "blocked.rpz")));
        Assert.DoesNotContain("4711", File.ReadAllText(Path.Combine(_folder, "exceptions.json")));
    }

    [Fact]
    public void Without_a_tunnel_it_ends()
    {
        var run = ShellProcess.Run("-File", Repository.Path("examples/Investigate-DnsTunnel.ps1"), "-Path", Captures.Windows, "-Folder", _folder);
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.EndsWith("The walk ends here.\n", run.Output);
    }
}
