using DnsTunnel.Wire;

namespace DnsTunnel.Tools;

/// <summary>Names of DNSExfiltrator: https://github.com/Arno0x/DNSExfiltrator, dnsExfiltrator.cs. Its first query names the file.</summary>
internal static class DnsExfiltratorNames
{
    public static bool IsInit(in AskedName name) => name.Type == DnsTypes.Txt
        && Alphabet.Same(name[0], "init"u8)
        && name[1].IsAll(Alphabet.Base32)
        && (Alphabet.Same(name[2], "base32"u8) || Alphabet.Same(name[2], "base64"u8));
}
