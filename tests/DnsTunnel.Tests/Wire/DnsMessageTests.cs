using DnsTunnel.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.Tests.Wire;

public class DnsMessageTests
{
    [Fact]
    public void Reads_a_query()
    {
        var name = new byte[255];
        var status = DnsMessage.TryRead(MessageBuilder.Query("WwW.Example.COM", 28).ToArray(), name, out var message);

        Assert.Equal(DnsReadStatus.Ok, status);
        Assert.Equal(0x1234, message.Id);
        Assert.False(message.IsResponse);
        Assert.Equal("WwW.Example.COM", DnsName.ToText(message.QuestionName));
        Assert.Equal(28, message.QuestionType);
        Assert.Equal(1, message.QuestionClass);
        Assert.Equal(0, message.AnswerCount);
    }

    [Fact]
    public void Reads_a_response_with_answers_and_edns()
    {
        var bytes = MessageBuilder.Response("a.example", 1, code: 3)
            .Answer(1, 192, 0, 2, 1)
            .Answer(5, 1, (byte)'b', 0xC0, 14)
            .ToArray();
        var status = DnsMessage.TryRead(bytes, new byte[255], out var message);

        Assert.Equal(DnsReadStatus.Ok, status);
        Assert.True(message.IsResponse);
        Assert.Equal(DnsCodes.NxDomain, message.ResponseCode);
        Assert.Equal(["192.0.2.1", "b.example"], AnswersOf(message));
    }

    [Fact]
    public void Edns_extends_the_response_code()
    {
        var bytes = MessageBuilder.Response("a.example").Additional(41).ToArray();
        bytes[^6] = 1; // upper eight bits of the code: first byte of the TTL
        Assert.Equal(DnsReadStatus.Ok, DnsMessage.TryRead(bytes, new byte[255], out var message));
        Assert.Equal("BADVERS", DnsCodes.ResponseName(message.ResponseCode));
    }

    [Fact]
    public void Keeps_every_byte_of_a_label()
    {
        var bytes = new MessageBuilder().Header(1, 0).Set(4, 1).Bytes(6, 0, (byte)'.', 0xFF, (byte)'\\', (byte)'"', (byte)'\n', 0).U16(1).U16(1).ToArray();
        Assert.Equal(DnsReadStatus.Ok, DnsMessage.TryRead(bytes, new byte[255], out var message));
        Assert.Equal(@"\000\.\255\\""\010", DnsName.ToText(message.QuestionName));
    }

    public static TheoryData<string, byte[], string> Malformed => new()
    {
        { "11 bytes", new byte[11], "HeaderTooShort" },
        { "no question behind the count", new MessageBuilder().Header(1, 0).Set(4, 1).ToArray(), "ImpossibleCount" },
        { "65,535 answers", MessageBuilder.Query("a.b").Set(6, 0xFFFF).ToArray(), "ImpossibleCount" },
        { "label beyond the end", new MessageBuilder().Set(4, 1).Bytes(63, 1, 2, 3, 4, 5).ToArray(), "NameTruncated" },
        { "no root label", new MessageBuilder().Set(4, 1).Bytes(4, 1, 2, 3, 4).ToArray(), "NameTruncated" },
        { "half a pointer", new MessageBuilder().Set(4, 1).Bytes(3, 1, 2, 3, 0xC0).ToArray(), "NameTruncated" },
        { "reserved label type 01", new MessageBuilder().Set(4, 1).Bytes(0x40, 0, 0, 0, 0).ToArray(), "ReservedLabelType" },
        { "reserved label type 10", new MessageBuilder().Set(4, 1).Bytes(0x80, 0, 0, 0, 0).ToArray(), "ReservedLabelType" },
        { "pointer to itself", new MessageBuilder().Set(4, 1).Bytes(0xC0, 12, 0, 1, 0, 1).ToArray(), "BadPointer" },
        { "pointer forward", new MessageBuilder().Set(4, 1).Bytes(0xC0, 20, 0, 1, 0, 1).ToArray(), "BadPointer" },
        { "pointer into the header", new MessageBuilder().Set(4, 1).Bytes(0xC0, 0, 0, 1, 0, 1).ToArray(), "BadPointer" },
        { "label and a pointer back to it", new MessageBuilder().Set(4, 1).Bytes(1, 97, 0xC0, 12, 0, 1, 0, 1).ToArray(), "BadPointer" },
        { "262-byte name", new MessageBuilder().Set(4, 1).Name(string.Join('.', Enumerable.Repeat(new string('a', 51), 5))).U16(1).U16(1).ToArray(), "NameTooLong" },
        { "no class", new MessageBuilder().Set(4, 1).Bytes(1, 97, 0, 0, 1).ToArray(), "QuestionTruncated" },
        { "record header cut", MessageBuilder.Response("a.example").Set(6, 1).Bytes(1, 97, 1, 98, 1, 99, 0, 0, 1, 0, 1).ToArray(), "RecordTruncated" },
        { "RDLENGTH beyond the end", MessageBuilder.Response("a.example").Set(6, 1).Bytes(0xC0, 12).U16(1).U16(1).Bytes(0, 0, 0, 0).U16(65535).Bytes(1, 2, 3, 4).ToArray(), "RecordTruncated" },
        { "A of 3 bytes", MessageBuilder.Response("a.example").Answer(1, 1, 2, 3).ToArray(), "BadRData" },
        { "AAAA of 4 bytes", MessageBuilder.Response("a.example").Answer(28, 1, 2, 3, 4).ToArray(), "BadRData" },
        { "CNAME past its RDATA", MessageBuilder.Response("a.example").Answer(5, 5, 97).Bytes(97, 97, 97, 97, 0).ToArray(), "BadRData" },
        { "MX that points at itself", MessageBuilder.Response("a.example").Answer(15, 0, 10, 0xC0, 41).ToArray(), "BadRData" },
        { "TXT string beyond the RDATA", MessageBuilder.Response("a.example").Answer(16, 255, 97, 97).ToArray(), "BadRData" },
        { "EDNS option beyond the RDATA", MessageBuilder.Query("a.example").Additional(41, 0, 3, 255, 255).ToArray(), "BadRData" },
        { "SOA without its numbers", MessageBuilder.Response("a.example").Answer(6, 0, 0, 1, 2).ToArray(), "BadRData" },
        { "HTTPS parameter beyond the RDATA", MessageBuilder.Response("a.example").Answer(65, 0, 1, 0, 0, 1, 0, 9, 1).ToArray(), "BadRData" },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Says_why_a_message_is_malformed(string what, byte[] bytes, string expected)
    {
        Assert.Equal(expected, DnsMessage.TryRead(bytes, new byte[255], out _).ToString());
        Assert.NotEmpty(what);
    }

    [Fact]
    public void A_chain_of_backward_pointers_ends()
    {
        var builder = MessageBuilder.Response("a.example").Set(6, 1);
        for (var i = 0; i < 40; i++) builder.U16(0xC000 | (i == 0 ? 12 : builder.Length - 2));
        var offset = builder.Length - 2;
        Assert.Equal(DnsReadStatus.TooManyPointers, DnsNameReader.TryRead(builder.ToArray(), ref offset, [], out _));
    }

    [Theory]
    [InlineData(127, 255)]
    [InlineData(126, 253)]
    public void Reads_names_up_to_the_limit(int labels, int wireLength)
    {
        var bytes = MessageBuilder.Query(string.Join('.', Enumerable.Repeat("x", labels))).ToArray();
        Assert.Equal(DnsReadStatus.Ok, DnsMessage.TryRead(bytes, new byte[255], out var message));
        Assert.Equal(wireLength, message.QuestionName.Length);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var bytes = MessageBuilder.Response("payload.t.example", 16).Answer(16, 3, 1, 2, 3).Additional(41).ToArray();
        var name = new byte[255];
        Assert.Equal(0, Allocation.Of(() =>
        {
            for (var i = 0; i < 1000; i++) DnsMessage.TryRead(bytes, name, out _);
        }));
    }

    [Fact]
    public void Mutated_messages_never_throw()
    {
        var random = new Random(20261124);
        var seeds = new[]
        {
            MessageBuilder.Query("a.example").Additional(41, 0, 3, 0, 1, 7).ToArray(),
            MessageBuilder.Response("a.example").Answer(5, 1, 98, 0xC0, 14).Answer(16, 3, 1, 2, 3).Answer(6, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0).ToArray(),
            MessageBuilder.Response("a.example").Answer(65, 0, 1, 0, 0, 1, 0, 3, 2, 104, 50).Answer(33, 0, 0, 0, 0, 0, 53, 0xC0, 12).Answer(257, 0, 5, 105, 115, 115, 117, 101, 59).ToArray(),
        };
        var name = new byte[255];
        var sound = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var bytes = seeds[i % seeds.Length].ToArray();
            for (var flips = random.Next(1, 4); flips > 0; flips--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var cut = bytes.AsSpan(0, random.Next(4) == 0 ? random.Next(bytes.Length) : bytes.Length);
            if (DnsMessage.TryRead(cut, name, out var message) != DnsReadStatus.Ok) continue;
            sound++;
            _ = AnswersOf(message);
        }

        Assert.InRange(sound, 1_000, 29_000);
    }

    private static List<string> AnswersOf(in DnsMessage message)
    {
        var texts = new List<string>();
        var reader = message.Answers;
        while (reader.TryRead(out var record)) texts.Add(record.DataText);
        return texts;
    }
}
