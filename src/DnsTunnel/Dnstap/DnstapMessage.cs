using DnsTunnel.Packets;

namespace DnsTunnel.Dnstap;

/// <summary>One message as a dnstap frame tells it (https://github.com/dnstap/dnstap.pb/blob/master/dnstap.proto).</summary>
internal ref struct DnstapMessage
{
    private const int MessageField = 14;

    // 9999-12-31: what a DateTime holds.
    private const ulong MaxSeconds = 253_402_300_799;
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private ulong _querySeconds, _queryNanoseconds, _responseSeconds, _responseNanoseconds;

    public DnstapType Type { get; private set; }

    /// <summary>UDP, DNS over QUIC and DNSCrypt over UDP are Udp; TCP, TLS, HTTPS and DNSCrypt over TCP are Tcp.</summary>
    public DnsTransport Transport { get; private set; }

    /// <summary>The address of who asks, of queries and responses alike; default when the server does not tell.</summary>
    public HostAddress Client { get; private set; }

    /// <summary>The address of who is asked; default when the server does not tell.</summary>
    public HostAddress Server { get; private set; }

    public ushort ClientPort { get; private set; }

    public ushort ServerPort { get; private set; }

    /// <summary>The request in wire form; empty when the frame has none.</summary>
    public ReadOnlySpan<byte> Query { get; private set; }

    /// <summary>The response in wire form; empty when the frame has none.</summary>
    public ReadOnlySpan<byte> Response { get; private set; }

    public readonly bool IsResponse => ((int)Type & 1) == 0;

    /// <summary>When the query was seen, in ticks; of a response that does not tell, when that was.</summary>
    public readonly long QueryTicks => _querySeconds != 0 ? Ticks(_querySeconds, _queryNanoseconds) : Ticks(_responseSeconds, _responseNanoseconds);

    /// <summary>When the response was seen, in ticks.</summary>
    public readonly long ResponseTicks => _responseSeconds != 0 ? Ticks(_responseSeconds, _responseNanoseconds) : QueryTicks;

    /// <summary>Reads a frame; false when it is no dnstap message.</summary>
    public static bool TryRead(ReadOnlySpan<byte> frame, out DnstapMessage message)
    {
        message = default;
        var content = ReadOnlySpan<byte>.Empty;
        var reader = new ProtobufReader(frame);
        while (reader.TryRead())
        {
            if (reader.Field == MessageField) content = reader.Bytes;
        }
        return !reader.IsMalformed && !content.IsEmpty && message.TryReadFields(content);
    }

    private bool TryReadFields(ReadOnlySpan<byte> content)
    {
        var reader = new ProtobufReader(content);
        while (reader.TryRead()) Set(reader);
        return !reader.IsMalformed && Type != DnstapType.None && _querySeconds <= MaxSeconds && _responseSeconds <= MaxSeconds;
    }

    private void Set(in ProtobufReader field)
    {
        switch (field.Field)
        {
            case 1:
                Type = field.Number <= (ulong)DnstapType.UpdateResponse ? (DnstapType)field.Number : DnstapType.None;
                break;
            case 3:
                Transport = field.Number is 2 or 3 or 4 or 6 ? DnsTransport.Tcp : DnsTransport.Udp;
                break;
            case 4:
                Client = Address(field.Bytes);
                break;
            case 5:
                Server = Address(field.Bytes);
                break;
            case 6:
                ClientPort = Port(field.Number);
                break;
            case 7:
                ServerPort = Port(field.Number);
                break;
            case 8:
                _querySeconds = field.Number;
                break;
            case 9:
                _queryNanoseconds = field.Number;
                break;
            case 10:
                Query = field.Bytes;
                break;
            case 12:
                _responseSeconds = field.Number;
                break;
            case 13:
                _responseNanoseconds = field.Number;
                break;
            case 14:
                Response = field.Bytes;
                break;
        }
    }

    private static HostAddress Address(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        4 => HostAddress.FromIPv4(bytes),
        16 => HostAddress.FromIPv6(bytes),
        _ => default,
    };

    private static ushort Port(ulong number) => number <= ushort.MaxValue ? (ushort)number : (ushort)0;

    private static long Ticks(ulong seconds, ulong nanoseconds) => DateTime.UnixEpoch.Ticks
        + (long)seconds * TimeSpan.TicksPerSecond
        + (long)(nanoseconds < NanosecondsPerSecond ? nanoseconds : 0) / TimeSpan.NanosecondsPerTick;
}
