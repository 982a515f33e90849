using System.Diagnostics;
using System.Globalization;

namespace DnsTunnel.Processes;

/// <summary>Goes from /proc/net to an inode, and from the inode to the process that has it open.</summary>
internal sealed class LinuxProcessFinder(string root = "/proc") : ProcessFinder
{
    private const int MaxKnown = 1 << 14;

    /// <summary>As for the table: looking through all processes takes a quarter of a processor at most.</summary>
    private const int PauseFactor = 3;

    private readonly Dictionary<long, AskingProcess> _byInode = [];
    private readonly LinkedList<int> _askers = [];
    private readonly LinuxUsers _users = new();
    private long _searchFrom;

    protected override void Read(SocketTable sockets)
    {
        Read("udp", DnsTransport.Udp, sockets);
        Read("udp6", DnsTransport.Udp, sockets);
        Read("tcp", DnsTransport.Tcp, sockets);
        Read("tcp6", DnsTransport.Tcp, sockets);
    }

    protected override void WarmUp()
    {
        base.WarmUp();
        _searchFrom = 0;
    }

    protected override AskingProcess? Describe(LocalSocket socket)
    {
        if (_byInode.TryGetValue(socket.Owner, out var process)) return process;
        var id = FindHolder(socket.Owner);
        process = id is null
            ? new AskingProcess(null, null, null, _users.NameOf(socket.User))
            : new AskingProcess(id, NameOf(id.Value), PathOf(id.Value), _users.NameOf(socket.User));
        if (id is null) return process;
        if (_byInode.Count == MaxKnown) _byInode.Clear();
        return _byInode[socket.Owner] = process;
    }

    /// <summary>Who asked before asks again: those are looked at first, then the others from the youngest on.</summary>
    private int? FindHolder(long inode)
    {
        var link = string.Create(CultureInfo.InvariantCulture, $"socket:[{inode}]");
        for (var node = _askers.First; node is not null; node = node.Next)
        {
            if (Holds(node.Value, link)) return Remember(node.Value);
        }

        if (Stopwatch.GetTimestamp() < _searchFrom) return null;
        var start = Stopwatch.GetTimestamp();
        var found = ProcessIds().OrderDescending().Cast<int?>().FirstOrDefault(id => Holds(id!.Value, link));
        var end = Stopwatch.GetTimestamp();
        _searchFrom = end + (end - start) * PauseFactor;
        return found is null ? null : Remember(found.Value);
    }

    private int Remember(int id)
    {
        const int MaxAskers = 16;
        _askers.Remove(id);
        _askers.AddFirst(id);
        if (_askers.Count > MaxAskers) _askers.RemoveLast();
        return id;
    }

    private IEnumerable<int> ProcessIds()
    {
        foreach (var folder in Directory.EnumerateDirectories(root))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) yield return id;
        }
    }

    private bool Holds(int id, string link)
    {
        try
        {
            foreach (var file in Directory.EnumerateFileSystemEntries($"{root}/{id}/fd"))
            {
                if (new FileInfo(file).LinkTarget == link) return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended, or belongs to another user.
        }

        return false;
    }

    /// <summary>The file name of its program; the kernel's own name for it is cut after 15 characters.</summary>
    private string? NameOf(int id)
    {
        if (PathOf(id) is { } path) return Path.GetFileName(path);
        try
        {
            return File.ReadAllText($"{root}/{id}/comm").TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private string? PathOf(int id)
    {
        const string Deleted = " (deleted)";
        try
        {
            var path = new FileInfo($"{root}/{id}/exe").LinkTarget;
            return path is not null && path.EndsWith(Deleted, StringComparison.Ordinal) ? path[..^Deleted.Length] : path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private void Read(string name, DnsTransport transport, SocketTable sockets)
    {
        try
        {
            LinuxSockets.Read(File.ReadAllBytes($"{root}/net/{name}"), transport, sockets);
        }
        catch (IOException)
        {
            // No IPv6 in this kernel.
        }
    }
}
