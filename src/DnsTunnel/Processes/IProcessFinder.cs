using DnsTunnel.Packets;

namespace DnsTunnel.Processes;

/// <summary>Finds the process that holds a socket of this computer.</summary>
internal interface IProcessFinder
{
    /// <summary>The process, or null when the address is none of this computer or the socket is closed already.</summary>
    AskingProcess? Find(DnsTransport transport, HostAddress address, ushort port);
}
