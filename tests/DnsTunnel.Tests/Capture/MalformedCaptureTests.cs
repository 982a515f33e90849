namespace DnsTunnel.Tests.Capture;

/// <summary>The shared table of malformed files: what each of them must lead to.</summary>
public class MalformedCaptureTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        if (SharedData.Root is null) return cases;
        foreach (var line in File.ReadLines(Path.Combine(SharedData.Root, "malformed", "EXPECTED.tsv")).Skip(1))
        {
            if (line.Split('\t') is [var file, _, var expected] && file.Split('-')[0] is "file" or "ng" or "gz") cases.Add(file, expected);
        }
        return cases;
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Cases))]
    public void A_malformed_file_ends_as_it_should(string file, string expected)
    {
        var content = CaptureContent.Read(SharedData.Path(Path.Combine("malformed", file)));
        var outcome = content switch
        {
            { Error: null } => "ok skip",
            { Packets.Count: 0 } => "error partial",
            _ => "partial",
        };
        Assert.True(
            outcome.Split(' ').Any(word => expected.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries).Contains(word)),
            $"{expected} expected, but {content.Packets.Count} packets, then {content.Error?.Message ?? "the end"}");
    }

    [Theory]
    [InlineData("gz-good.pcap.gz", 500)]
    [InlineData("gz-two-members.pcap.gz", 500)]
    [InlineData("gz-no-trailer.pcap.gz", 500)]
    [InlineData("gz-bad-crc.pcap.gz", 500)]
    [InlineData("file-bigendian.pcap", 2)]
    [InlineData("file-cut-record.pcap", 1)]
    [InlineData("ng-good.pcapng", 2)]
    [InlineData("ng-two-sections.pcapng", 2)]
    [InlineData("ng-simple-packet.pcapng", 1)]
    [InlineData("ng-cut.pcapng", 1)]
    public void All_that_is_readable_is_read(string file, int packets) =>
        Assert.Equal(packets, CaptureContent.Read(SharedData.Path(Path.Combine("malformed", file))).Packets.Count);
}
