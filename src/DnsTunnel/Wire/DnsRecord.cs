namespace DnsTunnel.Wire;

/// <summary>One resource record (RFC 1035, section 4.1.3), as offsets into its message.</summary>
internal readonly ref struct DnsRecord
{
    /// <summary>The whole message: names in RDATA may point anywhere before them.</summary>
    public required ReadOnlySpan<byte> Message { get; init; }

    public required ushort Type { get; init; }

    public required ushort Class { get; init; }

    /// <summary>Seconds; for OPT the extended code, version and flags (RFC 6891, section 6.1.3).</summary>
    public required uint TimeToLive { get; init; }

    public required int DataOffset { get; init; }

    public required int DataLength { get; init; }

    public ReadOnlySpan<byte> Data => Message.Slice(DataOffset, DataLength);

    /// <summary>The RDATA in presentation format.</summary>
    public string DataText => RDataText.Format(this);
}
