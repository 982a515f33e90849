using DnsTunnel.Capture;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Tests.Packets;
using DnsTunnel.Tests.Wire;

namespace DnsTunnel.Tests.Limits;

/// <summary>A clock that is set back while a capture runs.</summary>
public sealed class ClockTests
{
    private const int Hour = 3_600_000;

    [Fact]
    public void Every_query_counts_once_at_the_time_its_packet_has()
    {
        var queries = new List<DnsQuery>();
        var statistics = new CaptureStatistics();
        var tracker = new TransactionTracker(new QueryBuilder(PublicSuffixList.Default, "test", queries.Add), statistics);
        var decoder = new DnsTunnel.Packets.PacketDecoder(tracker, DnsTunnel.Packets.PacketDecoder.DefaultPorts, statistics);
        foreach (var (id, milliseconds) in new[] { (1, 0), (2, 1000), (3, 1000 - Hour), (4, 2000 - Hour), (5, 3000) })
        {
            var request = MessageBuilder.Query($"n{id}.example", 16, (ushort)id).ToArray();
            decoder.Decode(new CapturedPacket
            {
                Data = PacketBuilder.IPv4(17, PacketBuilder.Udp(request)),
                Ticks = DecoderHarness.Start + (milliseconds * TimeSpan.TicksPerMillisecond),
                LinkType = LinkType.Raw,
                OriginalLength = 28 + request.Length,
            });
        }

        decoder.Complete();
        tracker.Complete();
        Assert.Equal(["n1.example", "n2.example", "n3.example", "n4.example", "n5.example"], queries.Select(q => q.QueryName));
        Assert.Equal([0, 1000, 1000 - Hour, 2000 - Hour, 3000], queries.Select(q => (q.Timestamp.Ticks - DecoderHarness.Start) / (int)TimeSpan.TicksPerMillisecond));
        Assert.Equal((1000 - Hour, 3000), (Milliseconds(statistics.FirstSeen), Milliseconds(statistics.LastSeen)));
    }

    private static int Milliseconds(DateTime? time) => (int)((time!.Value.Ticks - DecoderHarness.Start) / TimeSpan.TicksPerMillisecond);
}
