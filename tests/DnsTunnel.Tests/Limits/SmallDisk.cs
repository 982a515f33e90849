using System.Diagnostics;
using DnsTunnel.Tests.Response;

namespace DnsTunnel.Tests.Limits;

/// <summary>A file system of one megabyte, to be filled or made read-only. It needs the rights of root; tests skip without.</summary>
internal sealed class SmallDisk : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _mount = new();

    public SmallDisk()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "mounting needs root on Linux");
        var (exitCode, output) = Programs.Run("mount", "-t", "tmpfs", "-o", "size=1m", "dnstunnel-test", Folder);
        if (exitCode == 0) return;
        _mount.Dispose();
        Assert.Skip($"cannot mount: {output}");
    }

    public string Folder => _mount.Path;

    private string Filler => Path.Combine(Folder, "filler");

    public void Break(DiskTrouble trouble)
    {
        if (trouble == DiskTrouble.ReadOnly) Remount("ro");
        else Fill();
    }

    public void Mend(DiskTrouble trouble)
    {
        if (trouble == DiskTrouble.ReadOnly) Remount("rw");
        else File.Delete(Filler);
    }

    public void Dispose()
    {
        RunUntilIdle("umount", Folder);
        _mount.Dispose();
    }

    private void Fill()
    {
        try
        {
            using var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            while (true) file.Write(block);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    private void Remount(string mode) => RunUntilIdle("mount", "-o", $"remount,{mode}", Folder);

    // A process that another test starts at this moment holds all open files between its fork and its exec.
    private static void RunUntilIdle(string program, params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var (exitCode, output) = Programs.Run(program, arguments);
            if (exitCode == 0) return;
            Assert.True(output.Contains("busy", StringComparison.Ordinal) && clock.Elapsed < s_patience, output);
            Thread.Sleep(50);
        }
    }
}
