namespace DnsTunnel.Tools;

/// <summary>
/// Names of dns2tcp 0.5: https://github.com/alex-sector/dns2tcp, common/includes/dns.h and packet.h, common/base64.c and
/// client/requests.c. A packet is a session, an acknowledgement and a sequence number (two bytes each), a type (one) and data.
/// </summary>
internal static class Dns2tcpNames
{
    private const int HeaderLength = 10;

    public static bool IsControl(in AskedName name) =>
        name.IndexOf("=auth"u8) > 0 || name.IndexOf("=connect"u8) > 0 || name.IndexOf("=resource"u8) > 0;

    /// <summary>The seventh byte fills the ninth character and two bits of the tenth: BA nothing to send (4), AQ the end (1), C. data (8).</summary>
    public static bool IsPacket(in AskedName name)
    {
        var first = name[0];
        if (first.Length < HeaderLength || !first.IsAll(Alphabet.Base64)) return false;
        var kind = first[8..HeaderLength];
        if (first.Length == HeaderLength) return kind.SequenceEqual("BA"u8) || kind.SequenceEqual("AQ"u8);
        return kind[0] == 'C' && kind[1] is >= (byte)'A' and <= (byte)'P';
    }
}
