using System.Runtime.InteropServices;

namespace DnsTunnel.Shell;

/// <summary>What the two output streams are: decided once, at the start.</summary>
internal static class Terminal
{
    private const int StandardOutput = -11;
    private const int StandardError = -12;
    private const uint EnableVirtualTerminalProcessing = 4;
    private const int DefaultWidth = 120;
    private const int DefaultHeight = 50;

    /// <summary>Standard output takes ANSI sequences.</summary>
    public static bool OutputIsTerminal { get; } = !Console.IsOutputRedirected && TakesAnsi(StandardOutput);

    /// <summary>Standard error takes ANSI sequences.</summary>
    public static bool ErrorIsTerminal { get; } = !Console.IsErrorRedirected && TakesAnsi(StandardError);

    /// <summary>See no-color.org: set to anything but nothing.</summary>
    public static bool ColorIsWanted { get; } = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    /// <summary>COLUMNS wins, as a script that wants a fixed width has no other way to say so.</summary>
    public static int Width =>
        int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), out var columns) && columns > 0 ? columns
        : OutputIsTerminal && Console.WindowWidth > 0 ? Console.WindowWidth
        : DefaultWidth;

    public static int Height => OutputIsTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : DefaultHeight;

    /// <summary>A Windows console draws sequences only when asked to; any other terminal does anyway.</summary>
    private static bool TakesAnsi(int stream)
    {
        if (!OperatingSystem.IsWindows()) return true;
        var handle = GetStdHandle(stream);
        return GetConsoleMode(handle, out var mode) && SetConsoleMode(handle, mode | EnableVirtualTerminalProcessing);
    }

    [DllImport("kernel32")]
    private static extern IntPtr GetStdHandle(int stream);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetConsoleMode(IntPtr handle, out uint mode);

    [DllImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool SetConsoleMode(IntPtr handle, uint mode);
}
