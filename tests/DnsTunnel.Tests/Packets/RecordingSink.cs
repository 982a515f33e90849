using DnsTunnel.Packets;

namespace DnsTunnel.Tests.Packets;

/// <summary>Keeps copies of what it is given.</summary>
internal sealed class RecordingSink : IDnsPacketSink
{
    public List<(byte[] Message, string Source, string Destination, DnsTransport Transport, long Ticks)> Packets { get; } = [];

    public IEnumerable<byte[]> Messages => Packets.Select(p => p.Message);

    public void OnPacket(in DnsPacket packet) => Packets.Add((
        packet.Message.ToArray(),
        $"{packet.Source}:{packet.SourcePort}",
        $"{packet.Destination}:{packet.DestinationPort}",
        packet.Transport,
        packet.Ticks));
}
