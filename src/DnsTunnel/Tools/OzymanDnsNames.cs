namespace DnsTunnel.Tools;

/// <summary>
/// Names of OzymanDNS 0.1: https://github.com/splitbrain/dnstunnel, droute.pl. Data goes to data.nonce-offset.id-session.up, and polls to
/// offset-nonce.id-session.down.
/// </summary>
internal static class OzymanDnsNames
{
    public static bool IsMessage(in AskedName name)
    {
        var direction = Math.Max(name.IndexOf("up"u8), name.IndexOf("down"u8));
        return direction >= 2 && IsSession(name[direction - 1]) && IsNumberPair(name[direction - 2]);
    }

    private static bool IsSession(ReadOnlySpan<byte> label) =>
        label.Length > 3 && Alphabet.Same(label[..3], "id-"u8) && label[3..].IsNumber(longest: 5);

    private static bool IsNumberPair(ReadOnlySpan<byte> label)
    {
        var dash = label.IndexOf((byte)'-');
        return dash > 0 && label[..dash].IsNumber(longest: 10) && label[(dash + 1)..].IsNumber(longest: 10);
    }
}
