using DnsTunnel.Capture;

namespace DnsTunnel.Tests.Packets;

/// <summary>Real captures; the expected numbers are those of tshark 4.0.17 (`-Y "dns or mdns or llmnr" -T fields -e dns.id`).</summary>
public class SharedCaptureTests
{
    [Theory]
    [InlineData("formats/pcap/go-dnscollector_dnsdump_ip4_fragmented_query.pcap", 2, 0)]
    [InlineData("formats/pcap/go-dnscollector_dnsdump_ip4_fragmented+udp.pcap", 2, 0)]
    [InlineData("formats/pcap/go-dnscollector_dnsdump_ip6_fragmented_query.pcap", 1, 0)]
    [InlineData("formats/pcap/go-dnscollector_dnsdump_ip6_fragmented+udp.pcap", 2, 0)]
    [InlineData("formats/pcap/go-dnscollector_dnsdump_tcp.pcap", 10, 10)]
    [InlineData("formats/pcap/go-dnscollector_dnsdump_tcp_fastopen.pcap", 8, 8)]
    [InlineData("formats/pcap/go-dnscollector_dnsdump_udp_truncated+tcp_fragmented.pcap", 4, 2)]
    [InlineData("formats/pcap/own_bind9.pcap", 588, 24)]
    [InlineData("formats/pcap-suricata-verify/dns-incomplete.pcap", 4, 4)]
    [InlineData("formats/pcap-suricata-verify/dns-tcp-multirequest-buffer_dns-tcp-multirequest-buffer.pcap", 40, 40)]
    [InlineData("formats/pcap-suricata-verify/dns-tcp-ts-gap.pcap", 5, 5)]
    [InlineData("benign/zeek/ipv6-fragmented-dns.pcap", 5, 0)]
    [InlineData("benign/zeek/mdns.pcap", 18, 0)]
    [InlineData("malformed/eth-cut.pcap", 2, 0)]
    [InlineData("malformed/ip-ihl15.pcap", 2, 0)]
    [InlineData("malformed/tcp-len-beyond.pcap", 2, 0)]
    [InlineData("malformed/tcp-len-split.pcap", 3, 1)]
    [InlineData("malformed/tcp-len-zero.pcap", 3, 1)]
    [InlineData("malformed/udp-len-7.pcap", 2, 0)]
    [InlineData("malformed/vlan-stack.pcap", 3, 0)]
    public void The_messages_of_a_real_capture_are_found(string file, int messages, int overTcp)
    {
        var harness = new DecoderHarness();
        using var reader = CaptureReader.Open(SharedData.Path(file));
        while (reader.TryRead(out var packet)) harness.Decoder.Decode(packet);
        harness.Decoder.Complete();
        Assert.Equal(messages, harness.Messages.Count);
        Assert.Equal(overTcp, harness.Sink.Packets.Count(p => p.Transport == DnsTransport.Tcp));
        Assert.Equal(0, harness.Decoder.HeldBytes);
    }
}
