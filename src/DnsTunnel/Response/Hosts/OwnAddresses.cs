using System.Net;
using System.Net.NetworkInformation;

namespace DnsTunnel.Response.Hosts;

/// <summary>The addresses of this computer.</summary>
internal static class OwnAddresses
{
    /// <summary>Refuses to act on this computer for what another one did.</summary>
    /// <exception cref="ResponseException">None of the clients is this computer.</exception>
    public static void Require(string[] clients)
    {
        var own = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => new AddressRange(a.Address)).ToHashSet();
        if (clients.Any(client => IPAddress.TryParse(client, out var address) && own.Contains(new AddressRange(address)))) return;
        throw new ResponseException(ResponseError.ActionNotPossible,
            $"The queries came from {string.Join(", ", clients.Take(3).Select(Printable.Text))}, which is not this host.");
    }
}
