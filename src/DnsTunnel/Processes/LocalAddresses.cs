using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using DnsTunnel.Packets;

namespace DnsTunnel.Processes;

/// <summary>The addresses of this computer.</summary>
internal sealed class LocalAddresses
{
    /// <summary>Addresses come and go seldom; most that are not found belong to others.</summary>
    private static readonly long s_refreshMilliseconds = 5000;

    private HashSet<HostAddress> _addresses = [];
    private long _read = -s_refreshMilliseconds;

    public bool Contains(HostAddress address)
    {
        if (_addresses.Contains(address) || (address.Value >> 24) == 0xFFFF_7F) return true;
        if (Environment.TickCount64 - _read < s_refreshMilliseconds) return false;
        _read = Environment.TickCount64;
        _addresses = Read();
        return _addresses.Contains(address);
    }

    private static HashSet<HostAddress> Read()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => Convert(a.Address))];
        }
        catch (NetworkInformationException)
        {
            return [];
        }
    }

    private static HostAddress Convert(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork
        ? HostAddress.FromIPv4(address.GetAddressBytes())
        : HostAddress.FromIPv6(address.GetAddressBytes());
}
