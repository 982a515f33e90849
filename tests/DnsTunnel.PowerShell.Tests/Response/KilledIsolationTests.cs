namespace DnsTunnel.PowerShell.Tests;

/// <summary>Real processes that are killed (SIGKILL) at the n-th command that they start, before and after it, on a host of their own.</summary>
public sealed class KilledIsolationTests : IDisposable
{
    private const int Enough = 30;

    private readonly string _folder = Directory.CreateTempSubdirectory("dnstunnel").FullName;

    private string Journal => Path.Combine(_folder, "responses.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("-Action IsolateHost -ExpiresAfter 1:0")]
    [InlineData("-Action PinResolver -Resolver 10.71.4.1")]
    public void Undo_brings_back_what_was_before(string arguments)
    {
        using var namespaces = new NetworkNamespaces();
        var at = LiveRequirements.Program("at", "at");
        var nft = LiveRequirements.Program("nft", "nftables");
        Shim("nft", nft);
        Shim("at", at);
        // What looks like the daemon of at; jobs only have to lie in its queue.
        File.Copy(LiveRequirements.Program("sleep", "coreutils"), Path.Combine(_folder, "atd"));
        namespaces.StartClient(Path.Combine(_folder, "atd"), "600");
        Client(namespaces, nft, "add", "table", "inet", "theirs");
        // The queue of at is that of the machine: only jobs of this journal count.
        var jobs = $"for job in $(atq | cut -f 1); do id=$(at -c $job | sed -n 's/^# dnstunnel-//p'); if [ -n \"$id\" ] && grep -q $id {Journal}; then echo $id; fi; done; true";
        string Look() => Client(namespaces, nft, "list", "ruleset") + Client(namespaces, "sh", "-c", jobs);
        var before = Look();

        var killed = 0;
        for (var n = 1; n <= Enough; n++)
        {
            foreach (var when in new[] { "before", "after" })
            {
                File.WriteAllText(Path.Combine(_folder, "plan"), $"{n} {when}");
                File.Delete(Path.Combine(_folder, "count"));
                var (exitCode, _, errors) = Run(namespaces, "env", $"PATH={_folder}:{Environment.GetEnvironmentVariable("PATH")}", "dotnet", ShellProcess.Path, "-Command",
                    $"Invoke-DnsTunnelResponse {arguments} -JournalPath '{Journal}' -Confirm:$false -ErrorAction Stop");
                var wasKilled = exitCode == 128 + 9;
                Assert.True(wasKilled || exitCode == 0, errors);
                if (wasKilled) killed++;
                if (!wasKilled) Assert.NotEqual(before, Look());

                File.Delete(Path.Combine(_folder, "plan"));
                // A child that outlived its parent ends first.
                Thread.Sleep(100);
                var undo = Client(namespaces, "dotnet", ShellProcess.Path, "-Command",
                    $"Get-DnsTunnelResponse -JournalPath '{Journal}' -Status Pending, Applied | Undo-DnsTunnelResponse -Confirm:$false -ErrorAction Stop");
                Assert.Equal(before, Look());
                if (!wasKilled)
                {
                    Assert.InRange(killed, 4, Enough * 2);
                    Assert.Contains("Undone", undo);
                    return;
                }
            }
        }
        Assert.Fail("it never came to its end");
    }

    /// <summary>A program that counts itself, and at the right number kills the process that runs scripts, before or after the real one.</summary>
    private void Shim(string name, string program)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path,
            $"""
            #!/bin/sh
            n=0 when=never
            [ -e {_folder}/plan ] && read -r n when < {_folder}/plan
            echo >> {_folder}/count
            [ "$(wc -l < {_folder}/count)" = "$n" ] || when=never
            top=$PPID
            while [ "$top" -gt 1 ] && ! tr '\0' ' ' < /proc/$top/cmdline | grep -q '^dotnet '; do top=$(sed 's/.*) . \([0-9]*\) .*/\1/' /proc/$top/stat); done
            [ $when != before ] || kill -KILL "$top"
            {program} "$@"
            result=$?
            [ $when != after ] || kill -KILL "$top"
            exit $result

            """);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static string Client(NetworkNamespaces namespaces, params string[] command)
    {
        var (exitCode, output, errors) = Run(namespaces, command);
        Assert.True(exitCode == 0, errors);
        return output;
    }

    private static (int ExitCode, string Output, string Errors) Run(NetworkNamespaces namespaces, params string[] command)
    {
        var process = namespaces.StartClient(command);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
