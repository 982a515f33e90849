using System.Buffers.Binary;
using System.Globalization;
using DnsTunnel.Tools;

namespace DnsTunnel.Evidence.Payload;

/// <summary>
/// Packets of dnscat2 in hexadecimal (https://github.com/iagox86/dnscat2, doc/protocol.md): a random number (two bytes), a type (one) and a
/// session (two). A session that began with an ENC packet is encrypted: each later packet then has a signature (six bytes) and a nonce (two).
/// </summary>
internal sealed class Dnscat2Payload : IPayloadReader
{
    private const int HeaderLength = 5;
    private const int SignatureLength = 6;
    private const int MaxSessions = 5;

    private readonly HashSet<int> _encrypted = [];
    private readonly HashSet<(int Session, int Sequence)> _seen = [];
    private long _encryptedBytes;

    public PayloadContent Content { get; } = new();

    public string? Note => _encryptedBytes == 0 ? null : FormattableString.Invariant(
        $"{_encryptedBytes:N0} bytes of encrypted {(_encrypted.Count == 1 ? "session" : "sessions")} {string.Join(", ", _encrypted.Order().Take(MaxSessions).Select(session => session.ToString("x4", CultureInfo.InvariantCulture)))}{(_encrypted.Count > MaxSessions ? " …" : "")} (dnscat2 encrypts by default): what they say is not known");

    public PayloadPart? Read(ReadOnlySpan<byte> labels)
    {
        if (!labels.IsEmpty && Alphabet.Same(labels.Slice(1, labels[0]), "dnscat"u8)) labels = labels[(1 + labels[0])..];
        if (BitAlphabet.Hexadecimal.Decode(ZoneLabels.Join(labels)) is not { Length: >= HeaderLength } packet) return null;

        var session = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(3));
        var body = packet[HeaderLength..];
        var (kind, data) = packet[2] switch
        {
            0x00 => ("SYN", body),
            0x01 => ("MSG", body),
            0x02 => ("FIN", body),
            0x03 => ("ENC", body),
            0xFF => ("PING", body),
            _ => (null, body),
        };
        if (kind is null) return null;
        if (packet[2] == 0x03) _encrypted.Add(session);
        var detail = _encrypted.Contains(session) ? Encrypted(packet[2], ref data) : Plain(packet[2], session, ref data);
        return new PayloadPart(BitAlphabet.Hexadecimal.Name, FormattableString.Invariant($"dnscat2 {kind}: session {session:x4}{detail}"), data);
    }

    private string Encrypted(byte kind, ref byte[] data)
    {
        // The first ENC packet holds the client's public key and has no signature yet; its subtype and flags are zero.
        if (kind == 0x03 && data is [0, 0, 0, 0, ..])
        {
            data = data[4..];
            return ", key exchange";
        }

        if (data.Length < SignatureLength + 2) return "";
        var nonce = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(SignatureLength));
        data = data[(SignatureLength + 2)..];
        _encryptedBytes += data.Length;
        return FormattableString.Invariant($", nonce {nonce}, encrypted");
    }

    private string Plain(byte kind, int session, ref byte[] data)
    {
        if (kind != 0x01 || data.Length < 4) return "";
        var sequence = BinaryPrimitives.ReadUInt16BigEndian(data);
        var acknowledged = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(2));
        data = data[4..];
        // Sent again, a message has another number and so is another name.
        if (data.Length > 0 && _seen.Add((session, sequence))) Content.Add(data);
        return FormattableString.Invariant($", sequence {sequence}, acknowledges {acknowledged}");
    }
}
