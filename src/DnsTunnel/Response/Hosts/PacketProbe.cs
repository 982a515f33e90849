using System.Net;
using System.Net.Sockets;

namespace DnsTunnel.Response.Hosts;

/// <summary>
/// Sends a packet that must not leave: to addresses that belong to nobody (RFC 5737, RFC 3849). The kernel tells the sender at once when
/// a rule drops it; that there is no route, or no IPv6, is as good.
/// </summary>
internal static class PacketProbe
{
    private const int DiscardPort = 9, DnsPort = 53;

    private static readonly IPAddress[] s_nobody =
        [IPAddress.Parse("192.0.2.1"), IPAddress.Parse("198.51.100.1"), IPAddress.Parse("203.0.113.1"), IPAddress.Parse("2001:db8::1")];

    /// <exception cref="ResponseException">A packet left.</exception>
    public static void Check(IsolationOptions options, bool isPin)
    {
        var port = isPin ? DnsPort : DiscardPort;
        foreach (var address in s_nobody)
        {
            if (options.Resolvers.Contains(address) || options.Allowed.Any(range => range.Contains(address))) continue;
            if (Leaves(new IPEndPoint(address, port)))
                throw new ResponseException(ResponseError.ResponseNotEffective, $"A packet to {address}, port {port}, still leaves this host.");
        }
    }

    private static bool Leaves(IPEndPoint target)
    {
        try
        {
            using var socket = new Socket(target.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            return socket.SendTo([0], target) == 1;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
