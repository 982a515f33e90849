using System.Runtime.InteropServices;
using DnsTunnel.Packets;

namespace DnsTunnel.Processes;

/// <summary>The sockets of this computer at a moment, by transport and port.</summary>
internal sealed class SocketTable
{
    private static readonly HostAddress s_anyIPv4 = HostAddress.FromIPv4([0, 0, 0, 0]);

    private readonly Dictionary<int, List<LocalSocket>> _sockets = [];

    public void Clear() => _sockets.Clear();

    public void Add(DnsTransport transport, ushort port, LocalSocket socket)
    {
        ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(_sockets, Key(transport, port), out _);
        (list ??= []).Add(socket);
    }

    /// <summary>The socket bound to the address, or else one bound to any.</summary>
    public LocalSocket? Find(DnsTransport transport, HostAddress address, ushort port)
    {
        if (!_sockets.TryGetValue(Key(transport, port), out var list)) return null;
        LocalSocket? any = null;
        foreach (var socket in list)
        {
            if (socket.Address == address) return socket;
            if (socket.Address == default || socket.Address == s_anyIPv4) any ??= socket;
        }

        return any;
    }

    private static int Key(DnsTransport transport, ushort port) => ((int)transport << 16) | port;
}
