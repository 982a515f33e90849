namespace DnsTunnel.PowerShell.Tests;

/// <summary>A block in a file ends by a job that runs the module.</summary>
public sealed class ExpiringBlockTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("dns'tunnel").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_job_takes_the_lines_out()
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("queues a job of at as root on Linux");
        if (Directory.Exists("/run/systemd/system")) Assert.Skip("systemd runs and would be taken instead of at");
        LiveRequirements.Program("at", "at");
        var daemon = Path.Combine(_folder, "atd");
        File.Copy(LiveRequirements.Program("sleep", "coreutils"), daemon);
        using var process = ShellProcess.Start(daemon, ["600"]);
        try
        {
            var (zone, journal) = (Path.Combine(_folder, "policy.zone"), Path.Combine(_folder, "responses.jsonl"));
            var block = ShellProcess.Run("-Command",
                $"(Invoke-DnsTunnelResponse -Action BlockDomain blocked.example -ZoneFile '{zone.Replace("'", "''")}' -ExpiresAfter 1:0 -JournalPath '{journal.Replace("'", "''")}' -Confirm:$false).Id");
            Assert.Equal("", block.Error);
            Assert.Contains("*.blocked.example CNAME .", File.ReadAllText(zone));

            var job = Shell($"for job in $(atq | cut -f 1); do if at -c $job | grep -qx '# dnstunnel-{block.Output.Trim()}'; then at -c $job; fi; done");
            Shell(job);
            Assert.DoesNotContain("blocked.example", File.ReadAllText(zone));
            Assert.DoesNotContain($"dnstunnel-{block.Output.Trim()}", Shell("for job in $(atq | cut -f 1); do at -c $job; done"));
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static string Shell(string script)
    {
        using var shell = ShellProcess.Start("/bin/sh", ["-s"]);
        shell.StandardInput.Write(script);
        shell.StandardInput.Close();
        var output = shell.StandardOutput.ReadToEnd();
        shell.WaitForExit();
        return output;
    }
}
