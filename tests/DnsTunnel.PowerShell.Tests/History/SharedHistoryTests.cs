using System.Diagnostics;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Real processes on one history: at once, and killed (SIGKILL) on the way.</summary>
public sealed class SharedHistoryTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel").FullName;
    private readonly ModuleSession _session = new();

    private string History => Path.Combine(_folder, "history.db");

    public void Dispose()
    {
        _session.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Processes_at_once_lose_and_double_nothing()
    {
        using var first = StartUpdating(times: 5);
        using var second = StartUpdating(times: 5);
        foreach (var process in new[] { first, second })
        {
            Assert.True(process.WaitForExit(s_patience), "it hangs");
            Assert.Equal(0, process.ExitCode);
        }

        AssertIsWhole();
    }

    [Fact]
    public void A_killed_process_leaves_what_was_there()
    {
        Update();
        var random = new Random(7);
        for (var round = 0; round < 3; round++)
        {
            using var process = StartUpdating(times: 1000);
            var before = File.GetLastWriteTimeUtc(History + "-wal");
            var started = Stopwatch.StartNew();
            while (File.GetLastWriteTimeUtc(History + "-wal") == before && !process.HasExited && started.Elapsed < s_patience) Thread.Sleep(1);
            Thread.Sleep(random.Next(40));
            Assert.False(process.HasExited, "it was to be killed at work");
            process.Kill();
            process.WaitForExit();

            AssertIsWhole();
            Update();
            AssertIsWhole();
        }

        Assert.Empty(Directory.GetFiles(_folder, "*.corrupt-*"));
    }

    private static string Script(string history) => $"Test-DnsTunneling -Path '{Captures.Dns2tcp}' -HistoryPath '{history}' -UpdateHistory";

    private void Update()
    {
        _session.Run(Script(History));
        Assert.Empty(_session.Errors);
        Assert.Empty(_session.Warnings);
    }

    private void AssertIsWhole()
    {
        var known = _session.Run("param($p) $known = Get-DnsDomainHistory -Domain tunnel.example -HistoryPath $p -JournalPath \"$p.none\"; \"$($known.QueryCount) $($known.Findings.Status)\"", ("p", History));
        Assert.Equal("1240 New", Assert.Single(known).BaseObject);
    }

    private Process StartUpdating(int times) => Process.Start(new ProcessStartInfo(
        "dotnet", [ShellProcess.Path, "-Command", $"$ErrorActionPreference = 'Stop'; Import-Module '{Repository.Manifest}'; foreach ($i in 1..{times}) {{ $null = {Script(History)} }}"]))!;
}
