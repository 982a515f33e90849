namespace DnsTunnel.Tools;

/// <summary>
/// Names of Cobalt Strike 4's DNS Beacon with the default prefixes of
/// https://hstechdocs.helpsystems.com/manuals/cobaltstrike/current/userguide/content/topics/malleable-c2_dns-beacons.htm. How they are made
/// is in NVISO Labs, "Cobalt Strike: Decrypting DNS Traffic - Part 5" (2021). A profile with other prefixes is not told.
/// </summary>
internal static class CobaltStrikeNames
{
    public static bool IsStager(in AskedName name) => IsNumberedStage(name) && name[2].SequenceEqual("123456"u8);

    /// <summary>aaa, baa, caa … and a number of the stage (Gigamon, "Footprints of FIN7: Tracking Actor Patterns", 2017).</summary>
    public static bool IsNumberedStage(in AskedName name) => name[0].Length == 3
        && !name[0].ContainsAnyExceptInRange((byte)'a', (byte)'z')
        && Alphabet.Same(name[1], "stage"u8)
        && name[2].IsNumber(longest: 10);

    /// <summary>post.N part…part.counter and conversation.beacon, or api.counter and conversation.beacon.</summary>
    public static bool IsMessage(in AskedName name)
    {
        var prefix = name[0];
        if (Alphabet.Same(prefix, "api"u8) || Alphabet.Same(prefix, "cdn"u8) || Alphabet.Same(prefix, "www6"u8)) return IsEnd(name, 1);
        if (!Alphabet.Same(prefix, "post"u8) && !Alphabet.Same(prefix, "www"u8)) return false;
        var first = name[1];
        if (first.Length < 2 || first[0] is < (byte)'1' or > (byte)'4') return false;
        var parts = first[0] - '0';
        for (var i = 1; i <= parts; i++)
        {
            if (!name[i].IsAll(Alphabet.Hexadecimal)) return false;
        }

        return IsEnd(name, parts + 1);
    }

    /// <summary>A counter with 32 bits, and 32 bits more, without leading zeros.</summary>
    private static bool IsEnd(in AskedName name, int index)
    {
        var conversation = name[index];
        var beacon = name[index + 1];
        return conversation.Length is >= 7 and <= 12 && beacon.Length is >= 6 and <= 8
            && conversation.IsAll(Alphabet.Hexadecimal) && beacon.IsAll(Alphabet.Hexadecimal);
    }
}
