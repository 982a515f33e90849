namespace DnsTunnel.Generators.Codecs;

/// <summary>A byte as one of 256 common words.</summary>
internal static class Words
{
    private static readonly string[] s_words = """
        able acid aged air alarm alpha amber angle apple april arch area arrow asset atlas audio august auto award back badge bank
        base beach bell best bird black blog blue board boat body bold book border bottle box branch bread brick bridge bright
        broad brown build bus button cable cactus cake camp canal candle card cargo castle cedar center chain chair chart check
        cherry circle city class clear client cloud club coast code coffee color comet cook copper coral corner cotton craft crane
        creek crown crystal cube daily dance data dawn deal delta demo desert design desk dev digital dock dolphin door dragon dream
        drive eagle early earth east echo edge elder ember energy engine event express fabric falcon family farm fast field film
        final fire fish flag flash flow focus forest forge form fox frame fresh frost fruit galaxy game garden gate gift glass globe
        gold grain grand grape graph green grid group grove guide hall happy harbor hazel heart help hill home honey horizon house
        ice image index ink iron island ivory jade jazz jet job july jump junior key kite lab lake lamp land large lark laser leaf
        order origin owl oxford page paint palm panda paper park legal lemon level library light lily lime line link lion list local logic lotus lucky lunar machine magic mail main maple
        march market mason master matrix media metal metro mill mind mint mirror mobile modern moon motor
        moss mountain museum music native needle nest north note nova oak ocean office olive onyx opal open orange orbit orchid
        """.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)[..256];

    public static string Of(byte value) => s_words[value];

    public static string Any(Random random) => s_words[random.Next(s_words.Length)];

    public static string Encode(ReadOnlySpan<byte> bytes, string separator)
    {
        var words = new string[bytes.Length];
        for (var i = 0; i < words.Length; i++) words[i] = s_words[bytes[i]];
        return string.Join(separator, words);
    }

    public static byte[] Decode(string text, string separator) =>
        [.. text.Split(separator).Select(word => (byte)Array.IndexOf(s_words, word))];

    /// <summary>A domain name nobody would look at twice.</summary>
    public static string Domain(Random random)
    {
        string[] suffixes = ["com", "com", "com", "net", "net", "org", "info", "io", "xyz", "site", "co.uk", "de"];
        return Any(random) + Any(random) + "." + suffixes[random.Next(suffixes.Length)];
    }
}
