using DnsTunnel.Logs;
using DnsTunnel.Packets;

namespace DnsTunnel.Queries;

/// <summary>How a file is read.</summary>
internal sealed record QueryFileOptions
{
    public QueryFileKinds Kinds { get; init; } = QueryFileKinds.Any;

    /// <summary>The ports of DNS in captures.</summary>
    public IReadOnlyCollection<int> Ports { get; init; } = PacketDecoder.DefaultPorts;

    /// <summary>Is told of the other packets of captures; nobody by default.</summary>
    public IConnectionSink? Connections { get; init; }

    /// <summary>Ends the waiting for a pipe, and for a file that is followed.</summary>
    public CancellationToken Cancellation { get; init; }

    public DnsLogOptions Log { get; init; } = new();

    /// <summary>Whether reading waits at the end of the file for more, until it is cancelled.</summary>
    public bool Follows { get; init; }

    /// <summary>Called again and again while a followed log has no more to read.</summary>
    public Action? AtEnd { get; init; }
}
