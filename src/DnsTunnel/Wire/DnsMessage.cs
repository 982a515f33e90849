using System.Buffers.Binary;

namespace DnsTunnel.Wire;

/// <summary>
/// A DNS message (RFC 1035, section 4) that was checked whole: every name, count and RDATA length in it is sound. Nothing is
/// copied but the name of the first question.
/// </summary>
internal readonly ref struct DnsMessage
{
    public const int HeaderLength = 12;

    /// <summary>The root name, type and class.</summary>
    private const int MinQuestionLength = 5;

    /// <summary>The root name, type, class, TTL and RDLENGTH.</summary>
    private const int MinRecordLength = 11;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _answersOffset;

    private DnsMessage(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> questionName, ushort type, ushort @class, int answersOffset, Edns edns)
    {
        _bytes = bytes;
        QuestionName = questionName;
        QuestionType = type;
        QuestionClass = @class;
        _answersOffset = answersOffset;
        Edns = edns;
    }

    public int Length => _bytes.Length;

    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    public bool IsResponse => (_bytes[2] & 0x80) != 0;

    /// <summary>With the upper eight bits that EDNS adds (RFC 6891, section 6.1.3).</summary>
    public int ResponseCode => (_bytes[3] & 0x0F) | (Edns.ExtendedCode << 4);

    public int QuestionCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    public int AnswerCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>Uncompressed, in wire form and wire case; empty when there is no question.</summary>
    public ReadOnlySpan<byte> QuestionName { get; }

    public ushort QuestionType { get; }

    public ushort QuestionClass { get; }

    /// <summary>What the OPT record said; default when there was none.</summary>
    public Edns Edns { get; }

    public DnsRecordReader Answers => new(_bytes, _answersOffset, AnswerCount);

    /// <summary>Whether these bytes claim to be a request, as far as their header goes.</summary>
    public static bool LooksLikeRequest(ReadOnlySpan<byte> bytes) => bytes.Length > 2 && (bytes[2] & 0x80) == 0;

    /// <param name="bytes">The message, without the length that precedes it in TCP.</param>
    /// <param name="nameBuffer">At least 255 bytes; holds the question name for as long as the message is used.</param>
    /// <param name="message">The message when the status is Ok.</param>
    public static DnsReadStatus TryRead(ReadOnlySpan<byte> bytes, Span<byte> nameBuffer, out DnsMessage message)
    {
        message = default;
        if (bytes.Length < HeaderLength) return DnsReadStatus.HeaderTooShort;
        int questions = BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]);
        var records = BinaryPrimitives.ReadUInt16BigEndian(bytes[6..])
            + BinaryPrimitives.ReadUInt16BigEndian(bytes[8..])
            + BinaryPrimitives.ReadUInt16BigEndian(bytes[10..]);
        if (((questions * MinQuestionLength) + (records * MinRecordLength)) > bytes.Length - HeaderLength) return DnsReadStatus.ImpossibleCount;

        var offset = HeaderLength;
        var name = ReadOnlySpan<byte>.Empty;
        ushort type = 0, @class = 0;
        for (var i = 0; i < questions; i++)
        {
            var status = DnsNameReader.TryRead(bytes, ref offset, i == 0 ? nameBuffer : [], out var length);
            if (status != DnsReadStatus.Ok) return status;
            if (offset + 4 > bytes.Length) return DnsReadStatus.QuestionTruncated;
            if (i == 0)
            {
                name = nameBuffer[..length];
                type = BinaryPrimitives.ReadUInt16BigEndian(bytes[offset..]);
                @class = BinaryPrimitives.ReadUInt16BigEndian(bytes[(offset + 2)..]);
            }

            offset += 4;
        }

        var edns = default(Edns);
        if (records > 0)
        {
            var status = CheckRecords(new DnsRecordReader(bytes, offset, records), ref edns);
            if (status != DnsReadStatus.Ok) return status;
        }

        message = new DnsMessage(bytes, name, type, @class, offset, edns);
        return DnsReadStatus.Ok;
    }

    private static DnsReadStatus CheckRecords(DnsRecordReader reader, ref Edns edns)
    {
        while (reader.TryRead(out var record))
        {
            if (!RDataCheck.IsSound(record)) return DnsReadStatus.BadRData;
            if (record.Type == DnsTypes.Opt) edns = Edns.From(record);
        }

        return reader.Status;
    }
}
