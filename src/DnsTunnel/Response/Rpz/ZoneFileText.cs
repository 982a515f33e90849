using System.Net;
using System.Net.Sockets;
using System.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Response.Rpz;

/// <summary>The only way a name gets into a zone file, and the mark by which our lines are known again.</summary>
internal static class ZoneFileText
{
    /// <summary>What a marked line has after its record, before the id.</summary>
    public const string Mark = " ; DnsTunnel ";

    /// <summary>On lines that ended a last line which had no end, so that undo can take the line end away too.</summary>
    public const string NewlineMark = " newline";

    /// <summary>
    /// The labels of a wire-form name with dots between and no final dot. Every byte but letters, digits, '-' and '_' becomes
    /// <c>\DDD</c> (RFC 1035, section 5.1), so that nothing in a name ends the line, quotes, comments or commands.
    /// </summary>
    public static string Encode(ReadOnlySpan<byte> wire)
    {
        var text = new StringBuilder(wire.Length);
        while (DnsName.TryReadLabel(ref wire, out var label))
        {
            if (text.Length > 0) text.Append('.');
            foreach (var value in label)
            {
                if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'-' or (byte)'_') text.Append((char)value);
                else text.Append('\\').Append((char)('0' + value / 100)).Append((char)('0' + value / 10 % 10)).Append((char)('0' + value % 10));
            }
        }
        return text.ToString();
    }

    /// <summary>
    /// The two rules that deny a domain and all below it (NXDOMAIN: draft-vixie-dnsop-dns-rpz-00, section 3.1), or answer with an address
    /// of one family and with nothing for the other (local data: section 3.6).
    /// </summary>
    /// <param name="domain">The domain.</param>
    /// <param name="suffix">What makes the owner absolute, from the dot on; empty for a relative owner.</param>
    /// <param name="id">The response.</param>
    /// <param name="endsLastLine">Whether a line end has to be added before them.</param>
    /// <param name="sinkhole">The address to answer with; null to deny.</param>
    public static string[] Lines(BlockedDomain domain, string suffix, string id, bool endsLastLine, IPAddress? sinkhole = null)
    {
        var data = sinkhole is null ? "CNAME ." : $"{(sinkhole.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA")} {sinkhole}";
        var (owner, tail) = (Encode(domain.Wire) + suffix, $" {data}{Mark}{id}{(endsLastLine ? NewlineMark : "")}");
        return [owner + tail, "*." + owner + tail];
    }
}
