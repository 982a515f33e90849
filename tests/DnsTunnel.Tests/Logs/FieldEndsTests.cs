using DnsTunnel.Logs;

namespace DnsTunnel.Tests.Logs;

public class FieldEndsTests
{
    [Theory]
    [InlineData("", "0")]
    [InlineData("a", "1")]
    [InlineData("\t", "0 1")]
    [InlineData("a\tb\t", "1 3 4")]
    [InlineData("a\tb\tc\td\te\tf", "1 3 5 7")]
    [InlineData("0123456789012345678901234567890\t\t2\t345678901234567890123456789012345", "31 32 34 68")]
    public void Ends_are_found_as_far_as_there_is_room(string line, string expected)
    {
        var ends = new int[4];
        var count = FieldEnds.Find(System.Text.Encoding.ASCII.GetBytes(line), (byte)'\t', ends);
        Assert.Equal(expected, string.Join(' ', ends[..count]));
    }

    [Fact]
    public void They_are_those_that_a_split_gives()
    {
        var random = new Random(5);
        for (var i = 0; i < 5_000; i++)
        {
            var line = new string([.. Enumerable.Range(0, random.Next(150)).Select(_ => random.Next(6) == 0 ? '\t' : 'x')]);
            var ends = new int[random.Next(1, 30)];
            var count = FieldEnds.Find(System.Text.Encoding.ASCII.GetBytes(line), (byte)'\t', ends);
            var lengths = ends[..count].Select((end, at) => end - (at == 0 ? 0 : ends[at - 1] + 1));
            Assert.Equal(line.Split('\t').Take(ends.Length).Select(field => field.Length), lengths);
        }
    }

    [Theory]
    [InlineData("1.0\ta.example", 0)]
    [InlineData("1.0\ta.example\t", 0)]
    [InlineData("1.0\ta.example\t192.0.2.1", 1)]
    [InlineData("1.0\ta.example\t192.0.2.1\t", 1)]
    [InlineData("1.0\ta.example\t192.0.2.1\tNOERROR", 1)]
    [InlineData("1.0\ta.example\t192.0.2.1\tNOERROR\tmore", 1)]
    public void A_line_with_fewer_columns_than_its_header_was_cut(string line, int queries)
    {
        var content = LogContent.ReadText($"#fields\tts\tquery\tid.orig_h\trcode_name\n{line}\n");
        Assert.Equal(queries, content.Queries.Count);
        Assert.Equal(1 - queries, content.Statistics!.BadLines);
    }
}
