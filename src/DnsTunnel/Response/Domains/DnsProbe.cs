using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using DnsTunnel.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.Response.Domains;

/// <summary>Asks one resolver one question over UDP, to see what became of a block.</summary>
internal static class DnsProbe
{
    private const int Attempts = 3, TimeoutMilliseconds = 1000;

    /// <summary>The response code and addresses of a name; null when the resolver does not answer.</summary>
    /// <param name="resolver">Whom to ask.</param>
    /// <param name="wire">The name in wire form.</param>
    /// <param name="type">A or AAAA.</param>
    public static (int ResponseCode, IPAddress[] Addresses)? Ask(IPEndPoint resolver, ReadOnlySpan<byte> wire, ushort type)
    {
        using var socket = new Socket(resolver.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { ReceiveTimeout = TimeoutMilliseconds };
        var (request, answer) = (Request(wire, type), new byte[4096]);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                socket.Connect(resolver);
                socket.Send(request);
                while (true)
                {
                    var length = socket.Receive(answer);
                    if (Read(answer.AsSpan(0, length), request) is { } result) return result;
                }
            }
            catch (SocketException)
            {
                // No answer in time, or no way there: asked again, in the end there is none.
            }
        }
        return null;
    }

    private static byte[] Request(ReadOnlySpan<byte> wire, ushort type)
    {
        var message = new byte[DnsMessage.HeaderLength + wire.Length + 4];
        RandomNumberGenerator.Fill(message.AsSpan(0, 2));
        message[2] = 1; // recursion desired
        message[5] = 1; // one question
        wire.CopyTo(message.AsSpan(DnsMessage.HeaderLength));
        BinaryPrimitives.WriteUInt16BigEndian(message.AsSpan(message.Length - 4), type);
        message[^1] = 1; // class IN
        return message;
    }

    private static (int, IPAddress[])? Read(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> request)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxWireLength];
        if (DnsMessage.TryRead(bytes, name, out var message) != DnsReadStatus.Ok) return null;
        if (!message.IsResponse || !bytes[..2].SequenceEqual(request[..2])) return null;

        var addresses = new List<IPAddress>();
        var answers = message.Answers;
        while (answers.TryRead(out var record))
        {
            if (record.Type is DnsTypes.A or DnsTypes.Aaaa) addresses.Add(new IPAddress(record.Data));
        }
        return (message.ResponseCode, [.. addresses]);
    }
}
