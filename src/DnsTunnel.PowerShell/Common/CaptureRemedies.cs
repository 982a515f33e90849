namespace DnsTunnel.PowerShell;

/// <summary>What to do on this system so that packets can be captured.</summary>
internal static class CaptureRemedies
{
    public static string Library => OperatingSystem.IsWindows()
        ? "Install Npcap from https://npcap.com. Captures in files can be read without it (-Path)."
        : OperatingSystem.IsMacOS()
            ? "libpcap is part of macOS; 'brew install libpcap' installs another. Captures in files can be read without it (-Path)."
            : "Install it: 'apt install libpcap0.8' on Debian and Ubuntu ('libpcap0.8t64' on the newest), 'dnf install libpcap' on Fedora and Red Hat, "
                + "'apk add libpcap' on Alpine. Captures in files can be read without it (-Path).";

    public static string Permission => OperatingSystem.IsWindows()
        ? "Run as administrator: Npcap was installed for administrators only."
        : OperatingSystem.IsMacOS()
            ? "Run as root, or give yourself the right to read /dev/bpf* (Wireshark's ChmodBPF does)."
            : $"Run as root, or give the program the right once: sudo setcap cap_net_raw,cap_net_admin=eip '{Program}'";

    /// <summary>The file of the process: pwsh or dotnet, past the link that the command usually is. setcap takes no links.</summary>
    private static string Program
    {
        get
        {
            var path = Environment.ProcessPath ?? "pwsh";
            try
            {
                return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            }
            catch (IOException)
            {
                return path;
            }
        }
    }
}
