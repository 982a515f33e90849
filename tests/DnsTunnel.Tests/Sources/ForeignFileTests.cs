using System.Text;
using DnsTunnel.Capture;
using DnsTunnel.Sources;
using DnsTunnel.Tests.Capture;

namespace DnsTunnel.Tests.Sources;

public class ForeignFileTests
{
    [Theory]
    [InlineData("", "the file is empty.")]
    [InlineData("x", "it begins with 78.")]
    [InlineData("// main.c", "it begins with 2F 2F 20 6D 61 69 6E 2E.")]
    [InlineData("PK\u0003\u0004zip", "it is a ZIP archive")]
    [InlineData("BZh91AY", "it is compressed with bzip2")]
    [InlineData("snoop\0\0\0", "it is a snoop capture")]
    public void A_file_that_is_no_capture_is_named(string text, string expected)
    {
        var error = Assert.Throws<SourceFormatException>(() => CaptureReader.Open(new MemoryStream(Encoding.Latin1.GetBytes(text))));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, error.Offset);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(23)]
    public void A_cut_file_header_is_told(int length)
    {
        var file = new PcapBuilder().ToArray()[..length];
        var error = Assert.Throws<SourceFormatException>(() => CaptureReader.Open(new MemoryStream(file)));
        Assert.Contains($"after {length} bytes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_open_closes_the_stream()
    {
        var stream = new MemoryStream([1, 2, 3, 4]);
        Assert.Throws<SourceFormatException>(() => CaptureReader.Open(stream));
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void Missing_files_and_folders_fail_as_files_do()
    {
        Assert.Throws<FileNotFoundException>(() => CaptureReader.Open(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName())));
        Assert.Throws<UnauthorizedAccessException>(() => CaptureReader.Open(Path.GetTempPath()));
    }

    [Fact]
    public void A_file_that_is_still_written_can_be_read()
    {
        var path = Path.GetTempFileName();
        try
        {
            using var writer = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
            writer.Write(new PcapBuilder().Packet(1, 0, [1]).ToArray());
            writer.Flush();
            Assert.Single(CaptureContent.Read(path).Packets);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
