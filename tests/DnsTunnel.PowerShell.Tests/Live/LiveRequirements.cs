using System.Runtime.InteropServices;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>What tests of live capture need of the machine; they skip where it is missing.</summary>
internal static class LiveRequirements
{
    public static void Capture()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("captures on the loopback interface of Linux");
        if (!Environment.IsPrivilegedProcess) Assert.Skip("capturing needs root");
        if (!NativeLibrary.TryLoad("libpcap.so.0.8", out _)) Assert.Skip("libpcap is not installed (Debian package libpcap0.8)");
    }

    /// <summary>Capture, and network namespaces of the test's own.</summary>
    public static void Namespaces()
    {
        Capture();
        Program("ip", "iproute2");
    }

    /// <summary>The path of a program, also where only administrators look.</summary>
    public static string Program(string name, string package)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(["/usr/sbin", "/usr/local/sbin", "/sbin"]);
        var found = folders.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        if (found is null) Assert.Skip($"{name} is not installed (Debian package {package})");
        return found;
    }
}
