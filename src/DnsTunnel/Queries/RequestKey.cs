using System.Numerics;
using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Wire;

namespace DnsTunnel.Queries;

/// <summary>What a response shares with its request; of the name, its hash (the pending request has the bytes).</summary>
internal readonly record struct RequestKey(
    HostAddress Client, HostAddress Server, ushort ClientPort, ushort ServerPort, ushort Id, ushort Type, DnsTransport Transport, ulong Name)
{
    public static RequestKey OfRequest(in DnsPacket packet, in DnsMessage message) => new(
        packet.Source,
        packet.Destination.IsMulticast ? default : packet.Destination,
        packet.SourcePort,
        packet.DestinationPort,
        message.Id,
        message.QuestionType,
        packet.Transport,
        NameHash.OfAnyCase(message.QuestionName));

    public static RequestKey OfResponse(in DnsPacket packet, in DnsMessage message) => new(
        packet.Destination,
        packet.Source,
        packet.DestinationPort,
        packet.SourcePort,
        message.Id,
        message.QuestionType,
        packet.Transport,
        NameHash.OfAnyCase(message.QuestionName));

    /// <summary>LLMNR and one-shot mDNS answer a multicast request from the responder's own address (RFC 4795, section 2.5).</summary>
    public RequestKey ToMulticast() => this with { Server = default };

    /// <summary>The hash of the name is seeded at random a process, so nobody can write a capture in which all keys collide.</summary>
    public override int GetHashCode()
    {
        var ports = ((ulong)ClientPort << 48) | ((ulong)ServerPort << 32) | ((ulong)Id << 16) | Type;
        return (int)(Mix(Mix(Name ^ ports, Fold(Client)), Fold(Server) + (ulong)Transport) >> 32);
    }

    private static ulong Fold(HostAddress address) => (ulong)address.Value ^ BitOperations.RotateLeft((ulong)(address.Value >> 64), 32);

    private static ulong Mix(ulong hash, ulong value) => Math.BigMul(hash ^ value, NameHash.Odd, out var low) ^ low;
}
