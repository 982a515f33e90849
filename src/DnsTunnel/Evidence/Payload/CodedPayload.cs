namespace DnsTunnel.Evidence.Payload;

/// <summary>Data in a known alphabet without a header that is known. The alphabet is told by all names, for one alone fits several.</summary>
internal sealed class CodedPayload : IPayloadReader
{
    /// <summary>Shorter labels are counters, and words.</summary>
    private const int ShortestLabel = 8;

    private const double MinShare = 0.8;

    // The narrowest first: hexadecimal is base 32 and base 64 too.
    private static readonly BitAlphabet[] s_alphabets = [BitAlphabet.Hexadecimal, BitAlphabet.Base32, BitAlphabet.Base32Hex, BitAlphabet.Base64];

    private readonly BitAlphabet? _alphabet;

    /// <param name="names">Labels in wire form, without those of the tunnel's zone.</param>
    public CodedPayload(IReadOnlyCollection<byte[]> names)
    {
        var texts = names.Select(name => TextOf(name)).Where(text => text.Length > 0).ToList();
        if (texts.Count > 0) _alphabet = s_alphabets.FirstOrDefault(alphabet => texts.Count(text => IsCoded(alphabet, text)) >= MinShare * texts.Count && texts.Count(text => IsMixed(alphabet, text)) >= texts.Count / 2.0);
    }

    public PayloadContent Content { get; } = new();

    public string? Note => _alphabet is null ? null : $"taken for {_alphabet.Name} by the characters of the names; their order is that of their first queries";

    public PayloadPart? Read(ReadOnlySpan<byte> labels)
    {
        if (_alphabet?.Decode(TextOf(labels)) is not { Length: > 0 } data) return null;
        Content.Add(data);
        return new PayloadPart(_alphabet.Name, null, data);
    }

    private static bool IsCoded(BitAlphabet alphabet, byte[] text) => alphabet.IsAll(text) && alphabet.IsWhole(text.Length);

    /// <summary>Words are of the larger alphabets too; data has all of their characters.</summary>
    private static bool IsMixed(BitAlphabet alphabet, byte[] text) => alphabet == BitAlphabet.Base64
        ? text.AsSpan().ContainsAnyInRange((byte)'a', (byte)'z') && text.AsSpan().ContainsAnyInRange((byte)'A', (byte)'Z')
        : text.AsSpan().ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>The long labels joined; padding taken off.</summary>
    private static byte[] TextOf(ReadOnlySpan<byte> labels)
    {
        var text = new List<byte>();
        for (; !labels.IsEmpty; labels = labels[(1 + labels[0])..])
        {
            var label = labels.Slice(1, labels[0]);
            if (label.Length >= ShortestLabel) text.AddRange(label.TrimEnd((byte)'='));
        }

        return [.. text];
    }
}
