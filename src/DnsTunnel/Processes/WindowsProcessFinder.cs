using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Security.Principal;
using Microsoft.Win32.SafeHandles;

namespace DnsTunnel.Processes;

/// <summary>Takes the process of a socket from the tables of the IP helper.</summary>
[SupportedOSPlatform("windows")]
internal sealed class WindowsProcessFinder : ProcessFinder
{
    private const uint IPv4 = 2;
    private const uint IPv6 = 23;
    private const int UdpOwnerPid = 1;
    private const int TcpOwnerPidAll = 5;
    private const int InsufficientBuffer = 122;

    /// <summary>A process id can have another owner soon.</summary>
    private static readonly TimeSpan s_maxAge = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, (AskingProcess Process, long Read)> _known = [];
    private byte[] _buffer = new byte[1 << 16];

    private delegate uint ReadTable(byte[] table, ref int size, bool order, uint family, int tableClass, uint reserved);

    protected override void Read(SocketTable sockets)
    {
        WindowsSockets.ReadUdp(Table(GetExtendedUdpTable, IPv4, UdpOwnerPid), sockets);
        WindowsSockets.ReadUdp6(Table(GetExtendedUdpTable, IPv6, UdpOwnerPid), sockets);
        WindowsSockets.ReadTcp(Table(GetExtendedTcpTable, IPv4, TcpOwnerPidAll), sockets);
        WindowsSockets.ReadTcp6(Table(GetExtendedTcpTable, IPv6, TcpOwnerPidAll), sockets);
    }

    protected override AskingProcess? Describe(LocalSocket socket)
    {
        if (_known.TryGetValue(socket.Owner, out var known) && Stopwatch.GetElapsedTime(known.Read) < s_maxAge) return known.Process;
        var process = Describe((int)socket.Owner);
        _known[socket.Owner] = (process, Stopwatch.GetTimestamp());
        return process;
    }

    private static AskingProcess Describe(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            return new AskingProcess(id, process.ProcessName, Attempt(() => process.MainModule?.FileName), Attempt(() => UserOf(process)));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return new AskingProcess(id, null, null, null);
        }
    }

    /// <summary>Protected processes and those of other users do not tell everything.</summary>
    private static string? Attempt(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is SystemException)
        {
            return null;
        }
    }

    private static string? UserOf(Process process)
    {
        const uint Query = 8;
        if (!OpenProcessToken(process.SafeHandle, Query, out var token)) return null;
        using (token)
        {
            using var identity = new WindowsIdentity(token.DangerousGetHandle());
            return identity.Name;
        }
    }

    private ReadOnlySpan<byte> Table(ReadTable read, uint family, int tableClass)
    {
        // The table can grow between the call that tells its size and the next.
        for (var attempt = 0; attempt < 5; attempt++)
        {
            var size = _buffer.Length;
            switch (read(_buffer, ref size, false, family, tableClass, 0))
            {
                case 0:
                    return _buffer.AsSpan(0, Math.Min(size, _buffer.Length));
                case InsufficientBuffer:
                    _buffer = new byte[size + size / 2];
                    break;
                default:
                    return [];
            }
        }

        return [];
    }

    [DllImport("iphlpapi.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetExtendedUdpTable(byte[] table, ref int size, [MarshalAs(UnmanagedType.Bool)] bool order, uint family, int tableClass, uint reserved);

    [DllImport("iphlpapi.dll")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern uint GetExtendedTcpTable(byte[] table, ref int size, [MarshalAs(UnmanagedType.Bool)] bool order, uint family, int tableClass, uint reserved);

    [DllImport("advapi32.dll", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool OpenProcessToken(SafeProcessHandle process, uint access, out SafeAccessTokenHandle token);
}
