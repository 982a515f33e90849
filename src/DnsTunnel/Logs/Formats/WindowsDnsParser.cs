using System.Buffers.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Logs.Formats;

/// <summary>
/// The debug log of Windows DNS Server; the file begins with a key to its fields. Dates are those of the server's locale:
///   6/5/2013 10:00:32 AM 0E70 PACKET  00000000033397A0 UDP Rcv 192.0.2.71    5b47   Q [0001   D   NOERROR] A      (3)www(7)example(3)com(0)
/// Received queries are those of clients; what the server sends and gets of other servers is left out, or each would count twice.
/// </summary>
internal sealed class WindowsDnsParser(LogContext context) : LogParser(context)
{
    private readonly QueryJoiner _joiner = new(context);
    private readonly WindowsDnsDate _date = new(context.Clock);
    private QueryDraft _draft = new(context);

    private static ReadOnlySpan<byte> Packet => " PACKET "u8;

    public static bool Matches(ReadOnlySpan<byte> line) =>
        line.IndexOf("DNS Server log file creation"u8) >= 0
        || (LinePrefix.TrySplit(line, Packet, out _, out var rest) && TrySkipToDirection(ref rest, out _) && rest.Contains((byte)'['));

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (!LinePrefix.TrySplit(line, Packet, out var prefix, out var rest)) return LogLineStatus.NoQuery;
        if (!TrySkipToDirection(ref rest, out var tcp)) return LogLineStatus.NoQuery;
        var received = TakeWord(ref rest).SequenceEqual("Rcv"u8);
        var client = TakeWord(ref rest);
        var id = TakeWord(ref rest);
        // "R Q" is an answer, "Q" a question; N and U are notifies and updates.
        var kind = TakeWord(ref rest);
        var answer = kind.SequenceEqual("R"u8);
        if (answer) kind = TakeWord(ref rest);
        if (!kind.SequenceEqual("Q"u8) || received == answer) return LogLineStatus.NoQuery;
        if (!LinePrefix.TrySplit(rest, "]"u8, out var flags, out rest)) return LogLineStatus.Malformed;
        if (!Utf8Parser.TryParse(id, out ushort number, out _, 'x')) return LogLineStatus.Malformed;

        _draft.Clear();
        _draft.SetType(TakeWord(ref rest));
        if (!TrySetName(rest.Trim((byte)' '))) return LogLineStatus.BadName;
        if (!_date.TryRead(prefix, out var time)) return LogLineStatus.BadTime;
        _draft.Time = time;
        _draft.Id = number;
        _draft.SetClient(client);
        _draft.Transport = tcp ? DnsTransport.Tcp : DnsTransport.Udp;
        if (answer) _draft.SetResponse(flags[(flags.LastIndexOf((byte)' ') + 1)..]);
        Join(answer);
        return LogLineStatus.Query;
    }

    public override void Complete() => _joiner.Complete();

    private void Join(bool answer)
    {
        var key = new JoinKey(_draft.ClientAddress, _draft.Id, _draft.Name!.ToLowerInvariant(), _draft.Type);
        if (!answer)
        {
            _joiner.Add(key, _draft);
            _draft = new QueryDraft(Context);
        }
        else
        {
            _joiner.Answer(key, _draft);
        }
    }

    /// <summary>Passes over the packet's number, which old versions do not write, and the transport.</summary>
    private static bool TrySkipToDirection(ref ReadOnlySpan<byte> rest, out bool tcp)
    {
        tcp = false;
        for (var words = 0; words < 2; words++)
        {
            var word = TakeWord(ref rest);
            tcp = word.SequenceEqual("TCP"u8);
            if (tcp || word.SequenceEqual("UDP"u8)) return true;
        }
        return false;
    }

    private static ReadOnlySpan<byte> TakeWord(ref ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)' ');
        return LinePrefix.TakeWord(ref rest);
    }

    /// <summary>(3)www(7)example(3)com(0): each label after its length, which tells a parenthesis in it from the next length.</summary>
    private bool TrySetName(ReadOnlySpan<byte> text)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        var length = 0;
        while (text is [(byte)'(', ..])
        {
            if (!Utf8Parser.TryParse(text[1..], out byte label, out var digits) || text.Length < digits + 2 || text[digits + 1] != ')') return false;
            text = text[(digits + 2)..];
            if (label > DnsName.MaxLabelLength || length + 1 + label >= wire.Length) return false;
            wire[length++] = label;
            if (label == 0) return text.IsEmpty && _draft.SetName(wire[..length]);
            for (var i = 0; i < label; i++)
            {
                if (text.IsEmpty) return false;
                // Where octets are escaped, the label would end too early without.
                var value = text[0];
                var escaped = value == '\\' && text.Length > label - i && text[label - i] != '(';
                text = text[(escaped ? LogName.Unescape(text, LogEscapes.Octal, out value) : 1)..];
                wire[length++] = value;
            }
        }
        return false;
    }
}
