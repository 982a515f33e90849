namespace DnsTunnel.Wire;

/// <summary>Why a DNS message could not be read.</summary>
internal enum DnsReadStatus
{
    /// <summary>It could.</summary>
    Ok,

    /// <summary>Shorter than the 12 bytes of a header (RFC 1035, section 4.1.1).</summary>
    HeaderTooShort,

    /// <summary>More questions or records promised than the message has bytes for.</summary>
    ImpossibleCount,

    /// <summary>The message ends inside a name.</summary>
    NameTruncated,

    /// <summary>A name is longer than 255 bytes (RFC 1035, section 2.3.4).</summary>
    NameTooLong,

    /// <summary>A label type other than 00 and 11 (RFC 6891, section 5).</summary>
    ReservedLabelType,

    /// <summary>A compression pointer that does not point to something earlier in the message (RFC 1035, section 4.1.4).</summary>
    BadPointer,

    /// <summary>More compression pointers in a row than real messages have.</summary>
    TooManyPointers,

    /// <summary>The message ends inside a question.</summary>
    QuestionTruncated,

    /// <summary>The message ends inside a record.</summary>
    RecordTruncated,

    /// <summary>RDATA that does not fit its type.</summary>
    BadRData,
}
