using System.Diagnostics;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>Real processes on one zone file and journal: at once, and killed on the way.</summary>
public sealed class SimultaneousResponseTests : IDisposable
{
    private readonly ResponseSession _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_processes_lose_nothing_and_block_once()
    {
        const int Domains = 12;
        using var first = StartBlocking(Domains);
        using var second = StartBlocking(Domains);
        foreach (var process in new[] { first, second })
        {
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }

        Assert.Equal(Domains, _folder.Run("Get-DnsTunnelResponse -JournalPath $j -Status Applied").Count);
        Assert.Empty(_folder.Session.Warnings);
        Assert.Equal(2 * Domains, RuleCount);
        UndoAll();
    }

    [Fact]
    public void A_killed_process_leaves_what_can_be_undone()
    {
        var random = new Random(7);
        for (var round = 0; round < 3; round++)
        {
            using var process = StartBlocking(500);
            var started = Stopwatch.StartNew();
            while (!File.Exists(_folder.Journal) && !process.HasExited && started.ElapsedMilliseconds < 20000) Thread.Sleep(1);
            Thread.Sleep(random.Next(40));
            Assert.False(process.HasExited, "it was to be killed at work");
            process.Kill();
            process.WaitForExit();

            UndoAll();
            File.Delete(_folder.Journal);
        }
    }

    private int RuleCount => _folder.ZoneText.Split('\n').Count(line => line.Contains("CNAME"));

    private Process StartBlocking(int domains)
    {
        var script = $"Import-Module '{Repository.Manifest}'; 1..{domains} | ForEach-Object {{ \"d$_.example\" }} | " +
            $"Invoke-DnsTunnelResponse -Action BlockDomain -ZoneFile '{_folder.Zone}' -JournalPath '{_folder.Journal}' -MaxPerHour 1000 -Confirm:$false -ErrorAction Stop";
        var shell = Repository.Path($"src/DnsTunnel.Shell/bin/{Repository.Configuration}/net10.0/DnsTunnel.Shell.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [shell, "-Command", script]))!;
    }

    private void UndoAll()
    {
        _folder.Run("Get-DnsTunnelResponse -JournalPath $j -Status Applied, Pending | Undo-DnsTunnelResponse -Confirm:$false");
        Assert.Empty(_folder.Session.Errors);
        if (File.Exists(_folder.Zone)) Assert.Equal(0, RuleCount);
        Assert.Empty(_folder.Run("Get-DnsTunnelResponse -JournalPath $j -Status Applied, Pending"));
    }
}
