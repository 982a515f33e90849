using System.Diagnostics;
using DnsTunnel.Packets;

namespace DnsTunnel.Processes;

/// <summary>
/// Finds processes through a table of sockets that is read anew when a socket is not in it. The system has no history of sockets:
/// one that is closed before it is looked up is not found.
/// </summary>
internal abstract class ProcessFinder : IProcessFinder
{
    /// <summary>A port can have another owner soon.</summary>
    private static readonly TimeSpan s_maxAge = TimeSpan.FromMilliseconds(200);

    /// <summary>After reading the table, so many times as long passes without: it takes a quarter of a processor at most.</summary>
    private const int PauseFactor = 3;

    private readonly LocalAddresses _addresses = new();
    private readonly SocketTable _sockets = new();
    private long _read = Stopwatch.GetTimestamp() - Stopwatch.Frequency;
    private long _readUntil;

    public static bool IsSupported => OperatingSystem.IsLinux() || OperatingSystem.IsWindows();

    /// <summary>The finder of this system; null where there is none.</summary>
    public static ProcessFinder? Create()
    {
        ProcessFinder? finder = OperatingSystem.IsLinux() ? new LinuxProcessFinder() : OperatingSystem.IsWindows() ? new WindowsProcessFinder() : null;
        finder?.WarmUp();
        return finder;
    }

    public AskingProcess? Find(DnsTransport transport, HostAddress address, ushort port)
    {
        if (!_addresses.Contains(address)) return null;
        var isFresh = Stopwatch.GetElapsedTime(_read) < s_maxAge;
        if (isFresh && _sockets.Find(transport, address, port) is { } known) return Describe(known);
        if (isFresh && Stopwatch.GetTimestamp() < _readUntil) return null;
        Refresh();
        return _sockets.Find(transport, address, port) is { } found ? Describe(found) : null;
    }

    /// <summary>Adds all sockets there are.</summary>
    protected abstract void Read(SocketTable sockets);

    protected abstract AskingProcess? Describe(LocalSocket socket);

    /// <summary>Looks for a socket that nobody holds: code that runs for the first time takes longer than many sockets live.</summary>
    protected virtual void WarmUp()
    {
        Refresh();
        _addresses.Contains(default);
        Describe(new LocalSocket(default, int.MaxValue, 0));
        _readUntil = 0;
    }

    private void Refresh()
    {
        _read = Stopwatch.GetTimestamp();
        _sockets.Clear();
        Read(_sockets);
        var end = Stopwatch.GetTimestamp();
        _readUntil = end + (end - _read) * PauseFactor;
    }
}
