using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Tunnels;
using DnsTunnel.Generators.Wire;
using TunnelTools = DnsTunnel.Generators.Tunnels.Tools;

namespace DnsTunnel.Tests.Generators;

/// <summary>Reads the payload out of the names as the servers of the tools would.</summary>
public sealed class EncoderTests
{
    private const string Domain = "example.org";

    [Fact]
    public void Iodine_Data_FollowFiveCharacters()
    {
        foreach (var (name, codec) in ((string, Radix)[])[("32", Radix.Iodine32), ("64", Radix.Iodine64), ("128", Radix.Iodine128)])
        {
            var (chunk, text, question) = Encode(Iodine.Create(name, codec, "null", RecordType.Null, 100));
            Assert.Equal(RecordType.Null, question.Type);
            Assert.StartsWith("0", text, StringComparison.Ordinal);
            Assert.Equal(chunk, codec.Decode(text[5..]));
        }
    }

    [Fact]
    public void Dnscat2_Message_HasNineBytesBeforeTheData()
    {
        var (chunk, text, _) = Encode(Dnscat2.Create("txt", hasTag: false, RecordType.Txt));
        var packet = Radix.Hex.Decode(text);
        Assert.Equal(1, packet[2]);
        Assert.Equal(chunk, packet[9..]);
    }

    [Fact]
    public void Dnscat2_Tag_ComesFirstAndStandsForTheDomain()
    {
        var question = Dnscat2.Create("tag", hasTag: true).Data(new Session(new Random(1), Domain), new byte[4]);
        Assert.StartsWith("dnscat.", question.Name, StringComparison.Ordinal);
        Assert.DoesNotContain(Domain, question.Name, StringComparison.Ordinal);
    }

    [Fact]
    public void DnsExfiltrator_Data_FollowTheNumber()
    {
        var (chunk, text, question) = Encode(Exfiltrators.DnsExfiltrator("x", Radix.Base32, 60, 30, 1));
        Assert.StartsWith("7.", question.Name, StringComparison.Ordinal);
        Assert.Equal(chunk, Radix.Base32.Decode(text[1..]));
    }

    [Fact]
    public void Dnstt_Packet_FollowsIdAndPadding()
    {
        var (chunk, text, _) = Encode(TunnelTools.Dnstt);
        var bytes = Radix.Base32.Decode(text);
        var padding = bytes[8] - 0xE0;
        Assert.Equal(chunk.Length, bytes[9 + padding]);
        Assert.Equal(chunk, bytes[(10 + padding)..]);
    }

    [Fact]
    public void Sliver_Message_EndsWithTheData()
    {
        var (chunk, text, _) = Encode(Sliver.Create(isBase58: false));
        Assert.Equal(chunk, Radix.Base32.Decode(text)[^chunk.Length..]);
    }

    [Fact]
    public void Dns2tcp_Data_FollowSevenBytes()
    {
        var (chunk, text, question) = Encode(TunnelTools.Dns2tcp("key", RecordType.Key));
        Assert.Equal(RecordType.Key, question.Type);
        Assert.Equal(chunk, Radix.Base64.Decode(text)[7..]);
    }

    [Fact]
    public void CobaltStrike_Post_CountsItsLabels()
    {
        var (chunk, _, question) = Encode(CobaltStrike.Create("a", RecordType.A));
        var labels = question.Name.Split('.');
        Assert.Equal("post", labels[0]);
        var count = labels[1][0] - '0';
        Assert.Equal(chunk, Radix.Hex.Decode(string.Concat(labels[1..(1 + count)])[1..]));
    }

    [Fact]
    public void WordCoded_Words_AreBytes()
    {
        var (chunk, text, _) = Encode(Exfiltrators.WordCoded);
        Assert.Equal(chunk, Words.Decode(text, "-"));
    }

    [Fact]
    public void CaseCoded_Case_HoldsThreeBytes()
    {
        var (chunk, text, _) = Encode(Adversarial.CaseCoded);
        var bits = text.Where(char.IsAsciiLetter).Take(24).Select(char.IsAsciiLetterUpper).ToArray();
        var bytes = new byte[3];
        for (var i = 0; i < bits.Length; i++) bytes[i / 8] |= (byte)((bits[i] ? 1 : 0) << (i % 8));
        Assert.Equal(chunk, bytes);
    }

    [Fact]
    public void TypeCoded_Type_HoldsTwoBits()
    {
        ushort[] types = [RecordType.A, RecordType.Aaaa, RecordType.Txt, RecordType.Mx];
        var session = new Session(new Random(1), Domain);
        for (byte value = 0; value < 4; value++) Assert.Equal(types[value], Adversarial.TypeCoded.Data(session, [value]).Type);
    }

    private static (byte[] Chunk, string Text, Question Question) Encode(Encoder encoder)
    {
        var session = new Session(new Random(5), Domain) { Sequence = 7 };
        var chunk = session.Bytes(encoder.ChunkSize);
        var question = encoder.Data(session, chunk);
        Assert.EndsWith("." + Domain, question.Name, StringComparison.Ordinal);
        return (chunk, question.Name[..^(Domain.Length + 1)].Replace(".", "", StringComparison.Ordinal), question);
    }
}
