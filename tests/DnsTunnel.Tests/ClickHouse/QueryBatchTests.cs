using System.Collections.Frozen;
using System.IO.Compression;
using DnsTunnel.ClickHouse;
using DnsTunnel.Names;

namespace DnsTunnel.Tests.ClickHouse;

public class QueryBatchTests
{
    [Fact]
    public void Rows_that_are_stored_are_left_out()
    {
        var batch = Batch(0, 1, 2, 3);
        var whole = batch.Rows(FrozenSet<uint>.Empty, compressed: false).Length;
        Assert.Equal(whole / 2, batch.Rows(new HashSet<uint> { 0, 2 }, compressed: false).Length);
        Assert.Equal(0, batch.Rows(new HashSet<uint> { 0, 1, 2, 3 }, compressed: false).Length);
    }

    [Theory]
    [InlineData()]
    [InlineData(1u)]
    [InlineData(0u, 3u)]
    public void Compression_changes_nothing_else(params uint[] stored)
    {
        var batch = Batch(0, 1, 2, 3);
        using var gzip = new GZipStream(new MemoryStream(batch.Rows(stored.ToHashSet(), compressed: true).ToArray()), CompressionMode.Decompress);
        using var rows = new MemoryStream();
        gzip.CopyTo(rows);
        Assert.Equal(batch.Rows(stored.ToHashSet(), compressed: false).ToArray(), rows.ToArray());
    }

    [Fact]
    public void A_query_without_a_name_leaves_nothing_behind()
    {
        var batch = Batch(0);
        var before = batch.Rows(FrozenSet<uint>.Empty, compressed: false).ToArray();
        Assert.Throws<FormatException>(() => new QueryRowWriter(PublicSuffixList.Default).Write(batch, new DnsQuery { QueryName = "a..b" }));
        Assert.Equal(before, batch.Rows(FrozenSet<uint>.Empty, compressed: false).ToArray());
    }

    [Theory]
    [InlineData("1767268800.example.com")]
    [InlineData("a.example.com")]
    [InlineData("1767268800000-x.example.com")]
    public void What_a_name_carries_depends_on_the_time_where_it_may_hold_one(string name)
    {
        var start = new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        var names = new NameColumns(PublicSuffixList.Default);
        foreach (var time in (DateTime[])[start, start.AddYears(1), start])
        {
            Assert.Equal(new NameColumns(PublicSuffixList.Default).Of(name, time.Ticks).ToArray(), names.Of(name, time.Ticks).ToArray());
        }
    }

    [Fact]
    public void A_name_is_stored_in_its_usual_form()
    {
        var names = new NameColumns(PublicSuffixList.Default);
        Assert.Equal(names.Of("a.Example.com", 0).ToArray(), names.Of("a.Example.com.", 0).ToArray());
    }

    [Fact]
    public void A_packet_is_read_as_it_was_written_and_no_part_of_it_is()
    {
        var batch = Batch(0, 5, 2);
        var packet = QueryPacket.Write(new SourceMarks(), batch);
        var read = QueryPacket.Read(packet).Batch;
        Assert.Equal((batch.Id, batch.Count, batch.Range), (read.Id, read.Count, read.Range));
        Assert.Equal(batch.Rows(new HashSet<uint> { 1 }, compressed: false).ToArray(), read.Rows(new HashSet<uint> { 1 }, compressed: false).ToArray());
        // The last bytes of gzip are no content.
        for (var length = 0; length < packet.Length - 12; length++) Assert.Throws<InvalidDataException>(() => QueryPacket.Read(packet[..length]));
    }

    private static QueryBatch Batch(params int[] seconds)
    {
        var batch = new QueryBatch(7);
        var writer = new QueryRowWriter(PublicSuffixList.Default);
        foreach (var second in seconds) writer.Write(batch, new DnsQuery { QueryName = "a.example.com", Timestamp = DateTime.UnixEpoch.AddSeconds(second) });
        return batch;
    }
}
