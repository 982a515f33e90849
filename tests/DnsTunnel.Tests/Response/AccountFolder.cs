using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

/// <summary>A copy of /etc that scripts of <see cref="Runner"/> take for the real one, so that no account of this machine is touched.</summary>
internal sealed class AccountFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <param name="accounts">Lines of shadow(5) to add; each gets a line in passwd.</param>
    public AccountFolder(params string[] accounts)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) Assert.Skip("accounts of its own need root on Linux");
        Programs.Require("usermod", "passwd");
        if (Programs.Run("unshare", "-m", "true").ExitCode != 0) Assert.Skip("mount namespaces are not allowed here");
        NetworkNamespace.Shell($"cp -a /etc {_folder.File("etc")}");
        File.AppendAllLines(_folder.File("etc/passwd"), accounts.Select((line, i) => $"{line.Split(':')[0]}:x:{61000 + i}:61000::/nonexistent:/bin/sh"));
        File.AppendAllLines(Shadow, accounts);
        Runner = new WrappedRunner($"unshare -m sh -c 'mount --bind {_folder.File("etc")} /etc && exec sh -c \"$1\"' -");
    }

    public IScriptRunner Runner { get; }

    /// <summary>All accounts as they are now.</summary>
    public string Text => File.ReadAllText(Shadow) + File.ReadAllText(_folder.File("etc/passwd"));

    private string Shadow => _folder.File("etc/shadow");

    public string Line(string name) => File.ReadLines(Shadow).Single(line => line.StartsWith(name + ":", StringComparison.Ordinal));

    public void Dispose() => _folder.Dispose();
}
