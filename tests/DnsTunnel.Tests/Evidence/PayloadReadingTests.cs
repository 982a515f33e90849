using System.Text;
using DnsTunnel.Evidence.Payload;

namespace DnsTunnel.Tests.Evidence;

public sealed class PayloadReadingTests
{
    private const string Domain = "tunnel.example";

    [Fact]
    public void Dnscat2_without_encryption_is_read_whole()
    {
        var names = TunnelNames.Of(Domain,
            TunnelNames.Dnscat2(0x1111, 0x00, 0xABCD, 0x00, 0x01, 0x00, 0x00),
            TunnelNames.Dnscat2(0x2222, 0x01, 0xABCD, [0x00, 0x01, 0x00, 0x09, .. "root:x:0:0:"u8]),
            // The same message, sent again.
            TunnelNames.Dnscat2(0x3333, 0x01, 0xABCD, [0x00, 0x01, 0x00, 0x09, .. "root:x:0:0:"u8]),
            TunnelNames.Dnscat2(0x4444, 0x01, 0xABCD, [0x00, 0x0C, 0x00, 0x09, .. "root:/root:/bin/bash"u8]));
        var (payload, samples) = PayloadReading.Read(names, "dnscat2", 4);

        Assert.Equal("root:x:0:0:root:/root:/bin/bash", Encoding.ASCII.GetString(payload.Bytes));
        Assert.Equal("hexadecimal", payload.Codec);
        Assert.Equal("dnscat2 MSG: session abcd, sequence 1, acknowledges 9", samples[1].Header);
        Assert.Equal("root:x:0:0:", samples[1].Text);
        Assert.Null(payload.Note);
    }

    [Fact]
    public void Dnscat2_with_the_tag_and_no_domain_is_read_too()
    {
        var names = TunnelNames.Of(".", "dnscat." + TunnelNames.Dnscat2(1, 0x01, 2, [0, 1, 0, 9, .. "whoami /all"u8]));
        Assert.Equal(["whoami /all"], PayloadReading.Read(names, "dnscat2", 1).Payload.Texts);
    }

    [Fact]
    public void Dnscat2_with_encryption_is_not_taken_for_content()
    {
        var names = TunnelNames.Of(Domain,
            TunnelNames.Dnscat2(0x1111, 0x03, 0xABCD, [0, 0, 0, 0, .. new byte[64]]),
            TunnelNames.Dnscat2(0x2222, 0x01, 0xABCD, [1, 2, 3, 4, 5, 6, 0, 7, .. "looks like text"u8]));
        var (payload, samples) = PayloadReading.Read(names, "dnscat2", 2);

        Assert.Equal(0, payload.Length);
        Assert.Contains("15 bytes of encrypted session abcd", payload.Note);
        Assert.Equal("dnscat2 ENC: session abcd, key exchange", samples[0].Header);
        Assert.Equal("dnscat2 MSG: session abcd, nonce 7, encrypted", samples[1].Header);
    }

    [Fact]
    public void Dns2tcp_is_read_in_base_64()
    {
        var names = TunnelNames.Of(Domain,
            TunnelNames.Dns2tcp(0xAADB, 0, 0, "") + ".=auth",
            TunnelNames.Dns2tcp(0xAADB, 1, 8, "GET /secret "),
            TunnelNames.Dns2tcp(0xAADB, 2, 4, ""),
            TunnelNames.Dns2tcp(0xAADB, 3, 8, "HTTP/1.1\r\n"));
        var (payload, samples) = PayloadReading.Read(names, "dns2tcp", 4);

        Assert.Equal("GET /secret HTTP/1.1\r\n", Encoding.ASCII.GetString(payload.Bytes));
        Assert.StartsWith("HTTP request", payload.FileType);
        Assert.StartsWith("dns2tcp auth", samples[0].Header);
        Assert.StartsWith("dns2tcp nothing to send: session aadb, sequence 2", samples[2].Header);
    }

    [Fact]
    public void Iodine_fragments_become_packets()
    {
        var first = TunnelNames.Iodine(0, TunnelNames.Udp("#!/bin/sh first part, "), 20);
        var second = TunnelNames.Iodine(1, TunnelNames.Udp("then the second part"), 20);
        Assert.True(first.Length > 1);
        // A fragment sent again has another counter.
        var again = first[0][..4] + 'x' + first[0][5..];
        var (payload, samples) = PayloadReading.Read(TunnelNames.Of(Domain, [first[0], again, .. first[1..], .. second]), "iodine", 20);

        Assert.Equal("#!/bin/sh first part, then the second part", Encoding.ASCII.GetString(payload.Bytes));
        Assert.Equal("script", payload.FileType);
        Assert.Equal("iodine base32", payload.Codec);
        Assert.Contains("2 packets put together; 0 could not be", payload.Note);
        Assert.Equal($"iodine data: user 0, packet 0, fragment {first.Length - 1} (last); UDP 10.0.0.2:1000 > 10.0.0.1:2000", samples[first.Length].Header);
    }

    [Fact]
    public void An_iodine_packet_with_a_gap_is_left_out_and_counted()
    {
        var first = TunnelNames.Iodine(0, TunnelNames.Udp("lost for want of a fragment, alas"), 20);
        var second = TunnelNames.Iodine(1, TunnelNames.Udp("whole"), 200);
        var (payload, _) = PayloadReading.Read(TunnelNames.Of(Domain, [first[0], .. first[2..], .. second]), "iodine", 0);

        Assert.Equal("whole", Encoding.ASCII.GetString(payload.Bytes));
        Assert.Contains("1 packets put together; 1 could not be", payload.Note);
    }

    [Fact]
    public void Hostile_compression_does_not_fill_the_memory()
    {
        // Zeros become a thousandth; 16 fragments are all that a packet can have.
        var names = TunnelNames.Of(Domain, TunnelNames.Iodine(0, new byte[10_000_000], 110));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = PayloadReading.Read(names, "iodine", 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
    }

    [Theory]
    [InlineData("hexadecimal", "0001.255044462d312e37", "0002.0a25e2e3cfd30a31")]
    [InlineData("base32", "1.evidgrsf.mzxw6ytb", "2.mzxw6ytb.oi2dkmzs")]
    [InlineData("base64", "JVBERi0xLjcK.n1", "JeLjz9MKMSAw_A==.n2")]
    public void Data_without_a_header_is_told_by_its_alphabet(string codec, params string[] names) =>
        Assert.Equal(codec, PayloadReading.Read(TunnelNames.Of(Domain, names), null, 2).Payload.Codec);

    [Fact]
    public void A_file_is_told_by_its_first_bytes()
    {
        var names = TunnelNames.Of(Domain, "0001.255044462d312e37", "0002.0a25e2e3cfd30a31");
        var payload = PayloadReading.Read(names, null, 2).Payload;
        Assert.Equal("PDF document", payload.FileType);
        Assert.Equal(16, payload.Length);
    }

    [Fact]
    public void Ordinary_names_are_not_decoded()
    {
        var (payload, samples) = PayloadReading.Read(TunnelNames.Of(Domain, "www", "mail-server", "static-content.cdn"), null, 3);
        Assert.Null(payload.Codec);
        Assert.All(samples, sample => Assert.Null(sample.Header));
    }

    [Theory]
    [InlineData("iodine")]
    [InlineData("dnscat2")]
    [InlineData("dns2tcp")]
    [InlineData(null)]
    public void Malformed_names_are_survived(string? tool)
    {
        var random = new Random(7);
        string[] odd = ["0", "0a", "0aaa1", "0aaa1-", "0abb2!", "ffff", "ffffff", "0000030000", "=auth", "a.=connect", "dnscat", "dnscat.0", "\\000\\255", "AAAA", "p", "v", "zzzz"];
        var noise = Enumerable.Range(0, 2000).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => $"\\{random.Next(256):D3}")));
        var data = Enumerable.Range(0, 2000).Select(_ => $"0{string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => (char)random.Next('0', 'z')).Where(char.IsLetterOrDigit))}");
        foreach (var name in odd.Concat(noise).Concat(data))
        {
            _ = PayloadReading.Read(TunnelNames.Of(Domain, name), tool, 1);
        }

        Assert.Equal(5, PayloadReading.Read(TunnelNames.Of(Domain, odd), tool, 5).Samples.Length);
        Assert.Empty(PayloadReading.Read([], tool, 5).Samples);
    }

    [Fact]
    public void Excerpts_hold_nothing_that_a_terminal_obeys()
    {
        var bytes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        Assert.All(PrintableRuns.Find(bytes, 10), run => Assert.DoesNotContain(run, c => c is < ' ' or > '~'));
        Assert.Equal(256, PrintableRuns.Dotted(bytes).Length);
        Assert.DoesNotContain(PrintableRuns.Dotted(bytes), c => c is < ' ' or > '~');
    }
}
