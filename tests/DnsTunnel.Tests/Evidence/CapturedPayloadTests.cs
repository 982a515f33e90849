namespace DnsTunnel.Tests.Evidence;

/// <summary>What the captures of real tunnels carried.</summary>
public sealed class CapturedPayloadTests
{
    private static string Own(string name) => Path.Combine(SharedData.Repository, "examples", "captures", name);

    /// <summary>A file of 262,144 bytes was sent through it over TCP.</summary>
    [Fact]
    public void A_file_that_went_through_iodine_is_put_together_to_the_byte()
    {
        var evidence = Assert.Single(EvidenceRun.Of(Own("iodine.pcap.gz")));
        Assert.Equal("iodine", evidence.Tool);
        Assert.Equal("t.tunnel.test", evidence.Zone);
        Assert.Equal("iodine base128", evidence.Payload.Codec);
        Assert.Equal(262_144, evidence.Payload.Length);
        Assert.Contains("0 could not be", evidence.Payload.Note);
    }

    /// <summary>The same through dns2tcp; the first 4,096 names are kept, and all have their data in them.</summary>
    [Fact]
    public void A_file_that_went_through_dns2tcp_is_put_together_to_the_byte() =>
        Assert.Equal(262_144, Assert.Single(EvidenceRun.Of(SharedData.Path("tunnels/own/dns2tcp_TXT_data.pcap.gz"))).Payload.Length);

    [Theory]
    [InlineData("tunnels/korving/c2_dns2tcp_dnsmasq_KEY-nocomp_ebd2d4ba.pcap", "Linux dns2tcpclient 5.4.0-107-generic", null)]
    [InlineData("tunnels/korving/ft_dns2tcp_bind9_TXT-comp_1859482d.pcap", "SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.4", "SSH session")]
    [InlineData("tunnels/korving/ft_iodine_bind9_txt-base64_c6a08caf.pcap", "SSH-2.0-OpenSSH_8.2p1 Ubuntu-4ubuntu0.4", "SSH session")]
    [InlineData("tunnels/elastic/iodine.pcap", "Open Phone Abstraction Library", null)]
    public void Text_that_went_through_is_shown(string capture, string text, string? fileType)
    {
        var evidence = EvidenceRun.Of(SharedData.Path(capture));
        Assert.NotEmpty(evidence);
        Assert.All(evidence, e =>
        {
            Assert.Contains(e.Payload.Texts, t => t.Contains(text, StringComparison.Ordinal));
            Assert.Equal(fileType, e.Payload.FileType);
        });
    }

    /// <summary>dnscat2 encrypts unless it is told not to; the headers are readable all the same.</summary>
    [Fact]
    public void An_encrypted_dnscat2_session_is_said_to_be_one()
    {
        var evidence = EvidenceRun.Of(SharedData.Path("tunnels/korving/ft_dnscat2_bind9_8c2ef973.pcap"));
        Assert.All(evidence, e =>
        {
            Assert.Contains("bytes of encrypted session 8d72 (dnscat2 encrypts by default)", e.Payload.Note);
            Assert.Contains("no readable content in hexadecimal; ", e.Payload.ToString());
            Assert.Equal("dnscat2 ENC: session 8d72, key exchange", e.Samples[0].Header);
            Assert.Contains("nonce", e.Samples[1].Header);
        });
    }
}
