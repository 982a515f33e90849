namespace DnsTunnel.Tools;

/// <summary>
/// Names of the SUNBURST backdoor: https://securelist.com/sunburst-connecting-the-dots-in-the-dns-requests/99862/ and Cloudflare, "A quirk
/// in the SUNBURST DGA algorithm" (2020). Sixteen characters and a part of the victim's domain, then labels as of Amazon's AppSync.
/// </summary>
internal static class SunburstNames
{
    public static bool IsRequest(in AskedName name)
    {
        if (!Alphabet.Same(name[1], "appsync-api"u8)) return false;
        var region = name[2];
        return name[0].Length >= 16
            && (Alphabet.Same(region, "eu-west-1"u8) || Alphabet.Same(region, "us-west-2"u8)
                || Alphabet.Same(region, "us-east-1"u8) || Alphabet.Same(region, "us-east-2"u8));
    }
}
