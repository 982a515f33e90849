using System.Buffers;
using DnsTunnel.Wire;

namespace DnsTunnel.Tools;

/// <summary>
/// Names of tuns: https://github.com/lnussbaum/tuns, tuns-client and lib/tuns/dns.rb. d and an IP packet in base 32 with 0 for the padding,
/// asked for with CNAME. An IPv4 header without options, of a packet under 2,048 bytes, begins with 45 00 0.
/// </summary>
internal static class TunsNames
{
    private const int HeaderLength = 1 + 32;

    private static readonly SearchValues<byte> s_base32 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefghijklmnopqrstuvwxyz0"u8);

    public static bool IsData(in AskedName name)
    {
        var first = name[0];
        return name.Type == DnsTypes.Cname && first.Length >= HeaderLength && Alphabet.Same(first[..5], "diuaa"u8) && first.IsAll(s_base32);
    }
}
