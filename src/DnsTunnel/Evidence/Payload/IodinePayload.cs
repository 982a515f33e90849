using System.IO.Compression;

namespace DnsTunnel.Evidence.Payload;

/// <summary>
/// Data names of iodine (https://github.com/yarrick/iodine, doc/proto_00000502.txt): the user in hexadecimal; sequence (3 bits), fragment (4),
/// what is acknowledged (7) and whether it is the last (1) in three characters of base 32; a counter; then a part of a packet that zlib made.
/// </summary>
internal sealed class IodinePayload : IPayloadReader
{
    private const int HeaderLength = 5;

    /// <summary>A packet of a tunnel is no longer; what inflates to more is hostile.</summary>
    private const int MaxPacket = 1 << 16;

    private readonly BitAlphabet _alphabet;
    private readonly List<byte> _packet = [];
    private int _sequence = -1;
    private int _complete = -1;
    private int _nextFragment;
    private int _packets;
    private int _broken;

    /// <param name="names">All labels, by which the alphabet is known: client and server agree on one for the session.</param>
    public IodinePayload(IEnumerable<byte[]> names) => _alphabet = AlphabetOf(names.Where(IsData).Select(name => name[HeaderLength..]).ToList());

    public PayloadContent Content { get; } = new();

    public string? Note => _packets + _broken == 0 ? null
        : FormattableString.Invariant($"{_packets:N0} packets put together; {_broken:N0} could not be, because fragments are missing or damaged");

    public PayloadPart? Read(ReadOnlySpan<byte> labels)
    {
        var name = ZoneLabels.Join(labels);
        if (name.Length == 0) return null;
        if (!IsData(name)) return Command(name);
        if (_alphabet.Decode(name.AsSpan(HeaderLength)) is not { } data) return null;

        var (first, second, third) = (Value(name[1]), Value(name[2]), Value(name[3]));
        var (sequence, fragment, isLast) = (first >> 2, ((first & 3) << 2) | (second >> 3), (third & 1) != 0);
        var header = FormattableString.Invariant(
            $"iodine data: user {BitAlphabet.Hexadecimal.ValueOf(name[0])}, packet {sequence}, fragment {fragment}{(isLast ? " (last)" : "")}");
        return new PayloadPart(_alphabet.Name, Add(sequence, fragment, isLast, data) is { } packet ? $"{header}; {packet}" : header, data);
    }

    private static bool IsData(byte[] name) => name.Length > HeaderLength
        && BitAlphabet.Hexadecimal.ValueOf(name[0]) >= 0
        && BitAlphabet.IodineBase32.IsAll(name.AsSpan(1, 3))
        && char.IsAsciiLetterOrDigit((char)name[4]);

    private static int Value(byte character) => BitAlphabet.IodineBase32.ValueOf(character);

    private static PayloadPart? Command(byte[] name) => char.ToLowerInvariant((char)name[0]) switch
    {
        'v' => Decoded(name, "version"),
        'l' => Decoded(name, "login"),
        'p' => Decoded(name, "ping"),
        'z' => new PayloadPart("none", "iodine codec test", []),
        'y' or 's' or 'o' or 'i' or 'n' or 'r' => new PayloadPart("none", "iodine handshake", []),
        _ => null,
    };

    private static PayloadPart? Decoded(byte[] name, string command) =>
        BitAlphabet.IodineBase32.Decode(name.AsSpan(1)) is { } data ? new PayloadPart(BitAlphabet.IodineBase32.Name, "iodine " + command, data) : null;

    private static BitAlphabet AlphabetOf(List<byte[]> data)
    {
        if (data.Exists(name => name.AsSpan().ContainsAnyInRange((byte)188, (byte)253))) return BitAlphabet.IodineBase128;
        if (!data.Exists(name => !BitAlphabet.IodineBase32.IsAll(name)) && !data.Exists(HasUpperAndLower)) return BitAlphabet.IodineBase32;
        return data.Exists(name => name.Contains((byte)'_')) ? BitAlphabet.IodineBase64Url : BitAlphabet.IodineBase64;
    }

    private static bool HasUpperAndLower(byte[] name) =>
        name.AsSpan().ContainsAnyInRange((byte)'a', (byte)'z') && name.AsSpan().ContainsAnyInRange((byte)'A', (byte)'Z');

    /// <summary>What the packet is that this fragment completes; null while fragments are missing.</summary>
    private string? Add(int sequence, int fragment, bool isLast, byte[] data)
    {
        // A fragment that is sent again has another counter, and so is another name.
        if (sequence == _complete || (sequence == _sequence && fragment < _nextFragment)) return null;
        if (fragment == 0)
        {
            _packet.Clear();
            (_sequence, _nextFragment) = (sequence, 0);
        }

        if (sequence != _sequence || fragment != _nextFragment)
        {
            if (isLast) _broken++;
            _sequence = -1;
            return null;
        }

        _packet.AddRange(data);
        _nextFragment++;
        if (!isLast) return null;
        (_complete, _sequence) = (sequence, -1);
        if (Inflate([.. _packet]) is not { } packet)
        {
            _broken++;
            return null;
        }

        _packets++;
        return TunnelledPacket.Read(packet, Content);
    }

    private static byte[]? Inflate(byte[] packed)
    {
        var packet = new byte[MaxPacket];
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            var length = zlib.ReadAtLeast(packet, MaxPacket, throwOnEndOfStream: false);
            return packet[..length];
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
