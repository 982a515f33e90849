using DnsTunnel.ClickHouse;

namespace DnsTunnel.Tests.ClickHouse;

public class SourceMarksTests
{
    [Fact]
    public void A_log_that_is_read_again_is_passed_to_where_it_was_read()
    {
        long[] log = [1, 2, 2, 3, 3, 3, 4];
        for (var read = 0; read <= log.Length; read++)
        {
            var marks = new SourceMarks();
            foreach (var ticks in log[..read]) marks.Note("a", ticks);
            Assert.Equal(log[read..], log.Where(ticks => !marks.TryPass("a", ticks)));
        }
    }

    [Fact]
    public void Another_log_is_not_passed()
    {
        var marks = new SourceMarks();
        marks.Note("a", 5);
        Assert.False(marks.TryPass("b", 5));
    }

    [Fact]
    public void What_was_read_furthest_is_kept()
    {
        var (marks, others) = (new SourceMarks(), new SourceMarks());
        foreach (var ticks in (long[])[1, 1, 7]) marks.Note("a", ticks);
        foreach (var ticks in (long[])[7, 7]) others.Note("a", ticks);
        others.Note("b", 1);
        marks.Merge(others);
        Assert.Equal([true, true, false], new[] { 7L, 7, 7 }.Select(ticks => marks.TryPass("a", ticks)));
        Assert.Equal([true, false], new[] { 1L, 1 }.Select(ticks => marks.TryPass("b", ticks)));
    }

    [Fact]
    public void They_are_read_as_they_were_written_and_no_part_of_them_is()
    {
        var marks = new SourceMarks();
        marks.Note("/var/log/ü.log", 638355968000044990);
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        marks.Save(writer);
        var bytes = stream.ToArray();
        var read = SourceMarks.Load(new BinaryReader(new MemoryStream(bytes)));
        Assert.Equal([true, false], new[] { 638355968000044990L, 638355968000044990L }.Select(ticks => read.TryPass("/var/log/ü.log", ticks)));
        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<EndOfStreamException>(() => SourceMarks.Load(new BinaryReader(new MemoryStream(bytes, 0, length))));
        }
    }
}
