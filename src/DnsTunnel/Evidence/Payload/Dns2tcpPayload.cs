using System.Buffers.Binary;
using DnsTunnel.Tools;

namespace DnsTunnel.Evidence.Payload;

/// <summary>
/// Packets of dns2tcp in base 64 (https://github.com/alex-sector/dns2tcp, common/includes/packet.h): a session, what is acknowledged and a
/// sequence number (two bytes each), a type (one), data.
/// </summary>
internal sealed class Dns2tcpPayload : IPayloadReader
{
    private const int HeaderLength = 7;
    private const byte Data = 8;

    private readonly HashSet<(int Session, int Sequence)> _seen = [];

    public PayloadContent Content { get; } = new();

    public string? Note => null;

    public PayloadPart? Read(ReadOnlySpan<byte> labels)
    {
        var control = ControlOf(ref labels);
        if (BitAlphabet.Base64.Decode(ZoneLabels.Join(labels)) is not { Length: >= HeaderLength } packet) return null;
        var session = BinaryPrimitives.ReadUInt16BigEndian(packet);
        var acknowledged = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(2));
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(4));
        var kind = control ?? packet[6] switch { Data => "data", 4 => "nothing to send", 1 => "end", _ => null };
        if (kind is null) return null;

        var data = packet[HeaderLength..];
        if (control is null && packet[6] == Data && _seen.Add((session, sequence))) Content.Add(data);
        return new PayloadPart(BitAlphabet.Base64.Name,
            FormattableString.Invariant($"dns2tcp {kind}: session {session:x4}, sequence {sequence}, acknowledges {acknowledged}"), data);
    }

    /// <summary>The word of a label that begins with =, which is taken off with what follows.</summary>
    private static string? ControlOf(ref ReadOnlySpan<byte> labels)
    {
        for (var offset = 0; offset < labels.Length; offset += 1 + labels[offset])
        {
            var label = labels.Slice(offset + 1, labels[offset]);
            foreach (var word in new[] { "auth", "connect", "resource" })
            {
                if (label.Length != word.Length + 1 || label[0] != '=' || !Alphabet.Same(label[1..], System.Text.Encoding.ASCII.GetBytes(word))) continue;
                labels = labels[..offset];
                return word;
            }
        }

        return null;
    }
}
