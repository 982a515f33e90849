using DnsTunnel.Packets;
using DnsTunnel.Processes;
using DnsTunnel.Wire;

namespace DnsTunnel.Queries;

/// <summary>A request and, when it was seen, its response: what a <see cref="DnsQuery"/> is made of, without its strings.</summary>
internal readonly ref struct DnsTransaction
{
    /// <summary>Of a transaction whose response was not seen.</summary>
    public const int NoResponse = -1;

    /// <summary>Time of the first request in ticks, UTC.</summary>
    public required long Ticks { get; init; }

    public required HostAddress Client { get; init; }

    public required HostAddress Server { get; init; }

    public required ushort ClientPort { get; init; }

    public required ushort ServerPort { get; init; }

    public required DnsTransport Transport { get; init; }

    public required ushort Id { get; init; }

    /// <summary>Name of the first question in wire form and wire case.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Of <see cref="Names.NameHash.OfAnyCase"/>; names are hashed once.</summary>
    public required ulong NameHash { get; init; }

    public required ushort Type { get; init; }

    public required ushort Class { get; init; }

    public required int QuerySize { get; init; }

    public int ResponseCode { get; init; }

    public int ResponseSize { get; init; }

    public int AnswerCount { get; init; }

    /// <summary>Who asked; null where that is not known.</summary>
    public AskingProcess? Process { get; init; }

    /// <summary>The records of the answer section; none when there was no response.</summary>
    public DnsRecordReader Answers { get; init; }
}
