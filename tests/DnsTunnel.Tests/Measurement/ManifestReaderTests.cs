using DnsTunnel.Measurement;

namespace DnsTunnel.Tests.Measurement;

public sealed class ManifestReaderTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void Columns_are_known_by_name()
    {
        var entry = Assert.Single(Read("label\tnotes\tpath\ttunnel_domain\ttool\tgroup\trate\tpayload_bytes\ntunnel\tx\ta/b.pcap\tT.Example, x.b.co.uk,t.example\tdnstt\tlab\t10\t4096\n"));

        Assert.Equal(Path.Combine(Path.GetDirectoryName(_path)!, "a", "b.pcap"), entry.Path);
        Assert.Equal(DnsTunnelLabel.Tunnel, entry.Label);
        Assert.Equal(["t.example", "b.co.uk"], entry.Domains);
        Assert.Equal(("dnstt", "lab", "10", 4096L), (entry.Tool, entry.Group, entry.Rate, entry.PayloadBytes));
    }

    [Theory]
    [InlineData("tunnel:iodine data\town/x.pcap\tt.example", DnsTunnelLabel.Tunnel, "iodine", "own")]
    [InlineData("tunnel\town/dns2tcp_KEY.pcap\t.", DnsTunnelLabel.Tunnel, "dns2tcp", "own")]
    [InlineData("Benign lab\tx.pcap\t", DnsTunnelLabel.Benign, null, "")]
    [InlineData("mostly benign, not labelled\tx.pcap", DnsTunnelLabel.Unlabelled, null, "")]
    public void What_is_not_said_is_taken_from_label_and_path(string line, DnsTunnelLabel label, string? tool, string group)
    {
        var entry = Assert.Single(Read($"label\tpath\ttunnel_domain\n{line}\r\n\r\n"));
        Assert.Equal((label, tool, group, null), (entry.Label, entry.Tool, entry.Group, entry.PayloadBytes));
    }

    [Theory]
    [InlineData("", 1, "path")]
    [InlineData("path,label\n", 1, "path")]
    [InlineData("path\tnotes\n", 1, "label")]
    [InlineData("path\tlabel\tpath\n", 1, "path")]
    [InlineData("path\tlabel\nx\n", 2, "label")]
    [InlineData("path\tlabel\n\n\t tunnel\n", 3, "path")]
    [InlineData("path\tlabel\nx\0\tbenign\n", 2, "path")]
    [InlineData("path\tlabel\nx\ttunnel\n", 2, "tunnel_domain")]
    [InlineData("path\tlabel\ttunnel_domain\nx\tbenign\tt.example\n", 2, "tunnel_domain")]
    [InlineData("path\tlabel\ttunnel_domain\nx\ttunnel\ta..b\n", 2, "tunnel_domain")]
    [InlineData("path\tlabel\ttunnel_domain\nx\ttunnel\tco.uk\n", 2, "tunnel_domain")]
    [InlineData("path\tlabel\tpayload_bytes\nx\tbenign\t-5\n", 2, "payload_bytes")]
    [InlineData("path\tlabel\tpayload_bytes\nx\tbenign\t1e3\n", 2, "payload_bytes")]
    public void What_is_wrong_is_told_with_its_line_and_column(string text, int line, string column) =>
        Assert.StartsWith($"line {line}, column {column}: ", Assert.Throws<ManifestException>(() => Read(text)).Message);

    [Fact]
    public void What_the_file_holds_is_told_without_control_characters() =>
        Assert.DoesNotContain('\u001b', Assert.Throws<ManifestException>(() => Read("path\tlabel\ttunnel_domain\nx\ttunnel\t\u001b[2J..\n")).Message);

    private List<ManifestEntry> Read(string text)
    {
        File.WriteAllText(_path, text);
        return ManifestReader.Read(_path);
    }
}
