using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public class VolumeAggregatorTests
{
    private static readonly DateTime s_start = new(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Counts_a_domain()
    {
        var volume = Assert.Single(Count(
            Query("A.b.example.co.uk", "TXT", 0, "192.0.2.1", "NOERROR"),
            Query("a.B.example.co.uk", "TXT", 60, "192.0.2.2", "NXDOMAIN"),
            Query("example.co.uk", "A", 120, "192.0.2.2", null)));

        Assert.Equal("example.co.uk", volume.Domain);
        Assert.Null(volume.Client);
        Assert.Equal(s_start, volume.WindowStart);
        Assert.Equal(s_start.AddMinutes(15), volume.WindowEnd);
        Assert.Equal(3, volume.QueryCount);
        Assert.Equal(2, volume.UniqueNames);
        Assert.Equal(3, volume.UniqueNameBytes);
        Assert.Equal(2, volume.ClientCount);
        Assert.Equal(1, volume.NxDomainCount);
        Assert.Equal("A.b.example.co.uk".Length, volume.MaxNameLength);
        Assert.Equal(120, volume.QueryBytes);
        Assert.Equal(300, volume.ResponseBytes);
        Assert.Equal([new("TXT", 2), new("A", 1)], volume.QueryTypes);
        Assert.Equal(s_start, volume.FirstSeen);
        Assert.Equal(s_start.AddMinutes(2), volume.LastSeen);
    }

    [Fact]
    public void Windows_are_aligned_and_clients_apart_when_asked()
    {
        DnsQuery[] queries = [Query("a.example", "A", 0, "192.0.2.1"), Query("a.example", "A", 900, "192.0.2.1"), Query("a.example", "A", 901, "192.0.2.2")];
        Assert.Equal([1L, 2L], Count(queries).Select(v => v.QueryCount));
        Assert.Equal(["192.0.2.1", "192.0.2.1", "192.0.2.2"], Count(true, queries).Select(v => v.Client));
    }

    [Fact]
    public void Labels_that_names_share_are_counted_once()
    {
        var one = Count(Query("q0zx7vj1k9.p4wq8zx2.h.example", "A", 0)).Single().InformationBytes;
        var two = Count(Query("q0zx7vj1k9.p4wq8zx2.h.example", "A", 0), Query("m3kq9zx5v2.p4wq8zx2.h.example", "A", 0)).Single().InformationBytes;
        var apart = Count(Query("q0zx7vj1k9.p4wq8zx2.h.example", "A", 0), Query("m3kq9zx5v2.z8rt3qk7.h.example", "A", 0)).Single().InformationBytes;
        Assert.True(one < two && two < apart, $"{one} {two} {apart}");
    }

    [Theory]
    [InlineData("localhost", ".")]
    [InlineData("com", ".")]
    [InlineData("192.0.2.1", ".")]
    [InlineData("dnscat.0123456789abcdef.fedcba9876543210", ".")]
    [InlineData(".", ".")]
    [InlineData("tenant.github.io", "tenant.github.io")]
    [InlineData("4.3.2.1.in-addr.arpa", "1.in-addr.arpa")]
    public void Every_name_has_a_domain_to_stand_under(string name, string domain) =>
        Assert.Equal(domain, Count(Query(name, "A", 0)).Single().Domain);

    [Fact]
    public void Order_of_input_does_not_matter()
    {
        var queries = Enumerable.Range(0, 500)
            .Select(i => Query($"n{i % 90}.d{i % 7}.example", i % 3 == 0 ? "TXT" : "A", i * 7, $"192.0.2.{i % 5}"))
            .ToArray();
        var shuffled = queries.ToArray();
        new Random(3).Shuffle(shuffled);
        Assert.Equivalent(Count(true, queries), Count(true, shuffled), strict: true);
    }

    [Fact]
    public void Names_without_a_domain_carry_what_they_are_long()
    {
        var names = Enumerable.Range(0, 50).Select(i => Query($"dnscat.{i * 7919:x16}.{i * 104729:x16}1", "TXT", i)).ToArray();
        var volume = Assert.Single(Count(names));
        Assert.Equal(50, volume.UniqueNames);
        Assert.InRange(volume.InformationBytes, 50 * 16, 50 * 24);
    }

    [Fact]
    public void What_labels_carry_is_bounded_above_the_size_of_a_sketch_too()
    {
        const int count = 20_000;
        var random = new Random(5);
        var volume = Assert.Single(Count([.. Enumerable.Range(0, count).Select(_ => Query($"{Hex(random)}.{Hex(random)}.{Hex(random)}.example.com", "A", 0))]));
        Assert.InRange(volume.UniqueNames, count * 0.95, count * 1.05);
        Assert.InRange(volume.InformationBytes, 3 * 8 * count * 0.95, 3 * 10 * count * 1.05);

        static string Hex(Random random) => random.NextInt64().ToString("x16");
    }

    [Fact]
    public void The_case_of_letters_counts_whichever_comes_first()
    {
        DnsQuery[] queries = [Query("abcdefghij.example.com", "A", 0), Query("aBcDeFgHiJ.example.com", "A", 1)];
        var forth = Assert.Single(Count(queries));
        var back = Assert.Single(Count([queries[1], queries[0]]));
        Assert.Equal(1, forth.UniqueNames);
        Assert.Equal(forth.InformationBytes, back.InformationBytes);
    }

    [Fact]
    public void Merged_parts_equal_the_whole()
    {
        var random = new Random(11);
        var items = Enumerable.Range(0, 30_000).Select(i => (Name: $"n{random.Next(20_000)}.p{random.Next(50)}.example.com", Type: (ushort)random.Next(1, 4))).ToList();
        var whole = Summarise(items);
        var merged = Summarise(items[20_000..]);
        merged.Merge(Summarise(items[..15_000]));
        merged.Merge(Summarise(items[15_000..20_000]));
        Assert.Equivalent(whole.ToVolume(0, 1, "example.com", null), merged.ToVolume(0, 1, "example.com", null), strict: true);

        static DomainSummary Summarise(List<(string Name, ushort Type)> items)
        {
            var summary = new DomainSummary();
            var wire = new byte[255];
            foreach (var (name, type) in items)
            {
                Assert.True(DnsName.TryParse(name, wire, out var length));
                summary.Add(new VolumeItem { Ticks = 5, Name = wire.AsSpan(0, length), NameHash = NameHash.OfAnyCase(wire.AsSpan(0, length)), Type = type, IsNxDomain = type == 3, QuerySize = 1, ResponseSize = 2 });
                summary.AddName(NameHash.KeyOfLower(wire.AsSpan(0, length)), wire.AsSpan(0, length), new NameFacts { Ticks = 5, Bytes = (byte)length, Cost = type });
            }

            return summary;
        }
    }

    [Fact]
    public void Windows_are_doubled_before_anything_is_dropped()
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: true, longest: TimeSpan.FromDays(7), limits: new VolumeLimits(1 << 14, 1 << 20));
        var wire = new byte[255];
        Assert.True(DnsName.TryParse("a.example.com", wire, out var length));
        var clients = Enumerable.Range(0, 300).Select(i => $"host{i}").ToArray();
        for (var window = 0; window < 64; window++)
        {
            foreach (var client in clients) aggregator.Add(new VolumeItem { Ticks = s_start.Ticks + (window * 15 * TimeSpan.TicksPerMinute), ClientName = client, Name = wire.AsSpan(0, length), NameHash = NameHash.OfAnyCase(wire.AsSpan(0, length)), Type = 1, IsNxDomain = false, QuerySize = 1, ResponseSize = 2 });
        }

        Assert.Equal(0, aggregator.DroppedSummaries);
        Assert.Equal(64 * 300, aggregator.GetVolumes().Sum(v => v.QueryCount));
        Assert.All(aggregator.GetVolumes(), v => Assert.Equal(TimeSpan.FromMinutes(30), v.WindowEnd - v.WindowStart));
    }

    private static DomainVolume[] Count(params DnsQuery[] queries) => Count(false, queries);

    private static DomainVolume[] Count(bool byClient, DnsQuery[] queries)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient);
        var counter = new VolumeCounter(aggregator);
        foreach (var query in queries) counter.Add(query);
        return [.. aggregator.GetVolumes()];
    }

    private static DnsQuery Query(string name, string type, int seconds, string client = "192.0.2.1", string? code = "NOERROR") => new()
    {
        Timestamp = s_start.AddSeconds(seconds),
        ClientAddress = client,
        QueryName = name,
        QueryType = type,
        ResponseCode = code,
        QuerySize = 40,
        ResponseSize = 100,
    };
}
