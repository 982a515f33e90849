using System.Globalization;
using System.Net;

namespace DnsTunnel.Response.Hosts;

/// <summary>Who is connected to the host to manage it, and must stay so.</summary>
/// <param name="Address">The address of the other end.</param>
/// <param name="Port">The port of this host.</param>
internal sealed record ManagementPeer(IPAddress Address, int Port)
{
    /// <summary>Reads SSH_CONNECTION: client, its port, server, its port (sshd(8), ENVIRONMENT). Null when it is none, or is of the host itself.</summary>
    public static ManagementPeer? FromSsh(string value)
    {
        var words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 4 || !IPAddress.TryParse(words[0], out var address) || IPAddress.IsLoopback(address)) return null;
        return ushort.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? new(new AddressRange(address).Address, port) : null;
    }
}
