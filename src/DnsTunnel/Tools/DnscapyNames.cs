namespace DnsTunnel.Tools;

/// <summary>
/// Names of DNScapy 0.2: https://github.com/FedericoCeratto/dnscapy, dnscapy_client.py. They end with the numbers of the connection and
/// of the message; before these stand c (a poll), k.d (wants part k), b.e or d.e (done), or data.k.b or data.k.f (part k of data).
/// </summary>
internal static class DnscapyNames
{
    public static bool IsMessage(in AskedName name)
    {
        if (Is(name[0], 'c')) return IsEnd(name, 1);
        if (Is(name[0], 'b') || Is(name[0], 'd')) return Is(name[1], 'e') && IsEnd(name, 2);
        if (name[0].IsNumber(longest: 5) && Is(name[1], 'd')) return IsEnd(name, 2);
        var kind = Math.Max(name.IndexOf("b"u8), name.IndexOf("f"u8));
        return kind >= 2 && name[0].IsAll(Alphabet.Base64) && name[kind - 1].IsNumber(longest: 5) && IsEnd(name, kind + 1);
    }

    private static bool Is(ReadOnlySpan<byte> label, char letter) => label.Length == 1 && label[0] == letter;

    private static bool IsEnd(in AskedName name, int index) => name[index].IsNumber(longest: 5) && name[index + 1].IsNumber(longest: 5);
}
