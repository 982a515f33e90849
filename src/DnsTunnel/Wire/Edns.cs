namespace DnsTunnel.Wire;

/// <summary>What the OPT pseudo-record of a message says (RFC 6891, section 6.1).</summary>
/// <param name="UdpSize">The largest datagram the sender takes; 0 when there was no OPT record.</param>
/// <param name="ExtendedCode">Upper eight bits of the response code.</param>
/// <param name="Version">0 in all known traffic.</param>
/// <param name="DnssecOk">The sender takes signatures (RFC 3225).</param>
internal readonly record struct Edns(ushort UdpSize, byte ExtendedCode, byte Version, bool DnssecOk)
{
    public static Edns From(in DnsRecord record) => new(
        record.Class,
        (byte)(record.TimeToLive >> 24),
        (byte)(record.TimeToLive >> 16),
        (record.TimeToLive & 0x8000) != 0);
}
