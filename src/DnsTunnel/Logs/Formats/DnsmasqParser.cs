using System.Buffers.Text;
using System.Net;
using DnsTunnel.Names;

namespace DnsTunnel.Logs.Formats;

/// <summary>
/// dnsmasq and Pi-hole with log-queries (https://thekelleys.org.uk/dnsmasq/docs/dnsmasq-man.html), which with "extra" names serial
/// number and client in every line, else the client in the query only:
///   Nov 24 10:28:55 dnsmasq[9766]: 1 192.0.2.1/51301 query[A] name from 192.0.2.1
///   Nov 24 10:28:55 dnsmasq[9766]: 1 192.0.2.1/51301 reply name is 198.51.100.7
/// A name with other than printable characters is written "&lt;name unprintable&gt;" and so is lost.
/// </summary>
internal sealed class DnsmasqParser(LogContext context) : LogParser(context)
{
    private readonly QueryJoiner _joiner = new(context);
    private WaitingQuery? _current;
    private bool _chained;

    private static ReadOnlySpan<byte> Unprintable => "<name unprintable>"u8;

    public static bool Matches(ReadOnlySpan<byte> line) => TrySplit(line, out _, out _);

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (!TrySplit(line, out var prefix, out var rest)) return LogLineStatus.NoQuery;
        var (serial, port) = ReadExtra(ref rest);
        if (rest.StartsWith("query["u8) || rest.StartsWith("auth["u8))
        {
            _current = null;
            return ReadQuery(prefix, rest, serial, port);
        }
        var end = rest.EndsWith(" is"u8) ? rest.Length - " is"u8.Length : rest.IndexOf(" is "u8);
        if (end < 0)
        {
            _current = null;
            return LogLineStatus.NoQuery;
        }
        return ReadAnswer(rest[..end], rest[Math.Min(rest.Length, end + " is "u8.Length)..], serial);
    }

    public override void Complete() => _joiner.Complete();

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        return LinePrefix.TrySplit(line, "dnsmasq["u8, out prefix, out var after) && LinePrefix.TrySplit(after, "]: "u8, out _, out rest);
    }

    /// <summary>Serial number and client/port of log-queries=extra; 0 without.</summary>
    private static (long Serial, int Port) ReadExtra(ref ReadOnlySpan<byte> rest)
    {
        if (rest.IsEmpty || !char.IsAsciiDigit((char)rest[0])) return default;
        var words = rest;
        if (!Utf8Parser.TryParse(LinePrefix.TakeWord(ref words), out long serial, out _)) return default;
        var client = LinePrefix.TakeWord(ref words);
        var slash = client.LastIndexOf((byte)'/');
        if (slash < 0) return default;
        _ = Utf8Parser.TryParse(client[(slash + 1)..], out int port, out _);
        rest = words;
        return (serial, port);
    }

    /// <summary>query[type] name from client; a type without a name is written type=65.</summary>
    private LogLineStatus ReadQuery(ReadOnlySpan<byte> prefix, ReadOnlySpan<byte> rest, long serial, int port)
    {
        LinePrefix.TakeWord(ref rest, (byte)'[');
        var type = LinePrefix.TakeWord(ref rest, (byte)']');
        var from = rest.LastIndexOf(" from "u8);
        if (from < 1) return LogLineStatus.Malformed;
        var name = rest[1..from];
        if (LinePrefix.ReadTime(prefix, Context.Clock) is not { } time) return LogLineStatus.BadTime;

        var draft = new QueryDraft(Context);
        draft.Clear();
        draft.Time = time;
        if (!draft.SetName(name, LogEscapes.None)) return LogLineStatus.BadName;
        if (name.SequenceEqual(Unprintable)) Context.Statistics.LossyNames++;
        draft.SetType(type.StartsWith("type="u8) ? type["type="u8.Length..] : type);
        draft.SetClient(rest[(from + " from "u8.Length)..].TrimEnd((byte)' '));
        draft.ClientPort = port;
        _joiner.Add(Key(serial, draft.Name!), draft);
        return LogLineStatus.Query;
    }

    /// <summary>"reply name", "cached name", "config name", "gravity blocked name", "/etc/hosts name" and what else there is.</summary>
    private LogLineStatus ReadAnswer(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> value, long serial)
    {
        var waiting = Find(TakeName(subject), value, serial);
        _current = waiting;
        if (waiting is null) return LogLineStatus.NoQuery;
        waiting.IsAnswered = true;
        _chained = value.SequenceEqual("<CNAME>"u8);
        DnsmasqAnswer.Apply(waiting.Draft, value);
        return LogLineStatus.Query;
    }

    /// <summary>A name may hold spaces, and what stands before it too; dnsmasq's own verbs do not.</summary>
    private static ReadOnlySpan<byte> TakeName(ReadOnlySpan<byte> subject)
    {
        if (subject.EndsWith(Unprintable)) return Unprintable;
        var verb = LinePrefix.TakeWord(ref subject);
        if (verb.SequenceEqual("reply"u8) || verb.SequenceEqual("config"u8) || verb.StartsWith("cached"u8)) return subject;
        return subject[(subject.LastIndexOf((byte)' ') + 1)..];
    }

    private WaitingQuery? Find(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, long serial)
    {
        if (serial > 0) return _joiner.Find(Key(serial, string.Empty));
        var text = NameOf(name);
        var types = DnsmasqAnswer.TypesOf(value);
        if (_current is { } current && (_chained || current.Key.Name == text) && DnsmasqAnswer.Fits(types, current.Draft.Type)) return current;
        return _joiner.Find(Key(0, text), query => DnsmasqAnswer.Fits(types, query.Draft.Type));
    }

    /// <summary>The answer to a reverse look-up names the address that was asked for.</summary>
    private string NameOf(ReadOnlySpan<byte> name)
    {
        if (Context.Texts.Address(name) is { } address) return ReverseName.Of(IPAddress.Parse(address));
        var draft = new QueryDraft(Context);
        return draft.SetName(name, LogEscapes.None) ? draft.Name! : string.Empty;
    }

    private static JoinKey Key(long serial, string name) =>
        serial > 0 ? new JoinKey(null, serial, null, null) : new JoinKey(null, 0, name.ToLowerInvariant(), null);
}
