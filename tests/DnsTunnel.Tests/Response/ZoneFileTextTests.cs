using DnsTunnel.Names;
using DnsTunnel.Response.Rpz;

namespace DnsTunnel.Tests.Response;

public sealed class ZoneFileTextTests
{
    [Theory]
    [InlineData("\"", "\\034.bad.example")]
    [InlineData(";", "\\059.bad.example")]
    [InlineData("$x", "\\036x.bad.example")]
    [InlineData("@", "\\064.bad.example")]
    [InlineData("(", "\\040.bad.example")]
    [InlineData("\n", "\\010.bad.example")]
    [InlineData(" ", "\\032.bad.example")]
    [InlineData("\xFF", "\\255.bad.example")]
    [InlineData("\0", "\\000.bad.example")]
    [InlineData(".", "\\046.bad.example")]
    [InlineData("\\", "\\092.bad.example")]
    [InlineData("*x", "\\042x.bad.example")]
    [InlineData("a_b-9", "a_b-9.bad.example")]
    public void Bytes_with_a_meaning_are_escaped(string label, string expected) =>
        Assert.Equal(expected, ZoneFileText.Encode(Hostile.Below(label).Wire));

    [Fact]
    public void The_longest_name_reads_back()
    {
        var wire = new byte[DnsName.MaxWireLength];
        for (var at = 0; at < 254; at += 64) wire[at] = (byte)Math.Min(63, 254 - at - 1);
        for (var at = 0; at < 254; at++) if (wire[at] == 0) wire[at] = 0xFF;
        var text = ZoneFileText.Encode(wire);
        var read = new ZoneName();

        Assert.True(read.TrySet(System.Text.Encoding.ASCII.GetBytes(text), new ZoneName()));
        Assert.Equal(wire[..^1], read.Labels.ToArray());
    }
}
