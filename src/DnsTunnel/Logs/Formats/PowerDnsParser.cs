using System.Buffers.Text;

namespace DnsTunnel.Logs.Formats;

/// <summary>
/// PowerDNS: the Authoritative Server with log-dns-queries (https://doc.powerdns.com/authoritative/settings.html#log-dns-queries) and the
/// Recursor with quiet=no or trace (https://doc.powerdns.com/recursor/settings.html#quiet):
///   Remote 192.0.2.1 wants 'name|A', do = 0, bufsize = 1232: packetcache MISS
///   2 [1/1] question for 'name|A' from 192.0.2.1:57492
///   2 [1/1] answer to question 'name|A': 1 answers, 0 additional, took 1 packets, …, rcode=0
///   msg="Question" … ts="1795525402.559" ecs="" mtid="1" proto="udp" qname="name" qtype="A" remote="192.0.2.1:57492"
///   msg="Answer" … answers="1" … mtid="1" … qname="name" qtype="A" rcode="0" … remote="192.0.2.1:57492" …
/// The last two are structured-logging. Without it, questions that the packet cache answers are logged without their name, and so are lost.
/// </summary>
internal sealed class PowerDnsParser(LogContext context) : LogParser(context)
{
    private readonly QueryJoiner _joiner = new(context);
    private QueryDraft _draft = new(context);

    // "[1/1] TCP question for" too.
    private static ReadOnlySpan<byte> Question => " question for '"u8;

    public static bool Matches(ReadOnlySpan<byte> line) =>
        line.IndexOf("pdns_recursor["u8) >= 0 || line.IndexOf(Question) >= 0 || RecursorLine.Matches(line)
        || (line.IndexOf("Remote "u8) >= 0 && line.IndexOf(" wants '"u8) >= 0);

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        _draft.Clear();
        if (RecursorLine.Matches(line)) return ReadStructured(line);
        if (LinePrefix.TrySplit(line, Question, out var before, out var rest)) return ReadQuestion(before, rest);
        if (LinePrefix.TrySplit(line, "] answer to question '"u8, out before, out rest)) return ReadAnswer(before, rest);
        if (LinePrefix.TrySplit(line, "Remote "u8, out before, out rest)) return ReadRemote(before, rest);
        return LogLineStatus.NoQuery;
    }

    public override void Complete() => _joiner.Complete();

    /// <summary>Takes name|type' off a text. A name may hold a quote or a bar.</summary>
    private bool TryTakeQuestion(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> end, out LogLineStatus status)
    {
        status = LogLineStatus.Malformed;
        var length = rest.LastIndexOf(end);
        if (length < 0) return false;
        var question = rest[..length];
        rest = rest[(length + end.Length)..];
        var bar = question.LastIndexOf((byte)'|');
        if (bar < 0) return false;
        _draft.SetType(question[(bar + 1)..]);
        status = _draft.SetName(question[..bar], LogEscapes.Decimal) ? LogLineStatus.Query : LogLineStatus.BadName;
        return status == LogLineStatus.Query;
    }

    private LogLineStatus ReadQuestion(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest)
    {
        if (!TryTakeQuestion(ref rest, "' from "u8, out var status)) return status;
        if (LinePrefix.ReadTime(before, Context.Clock) is not { } time) return LogLineStatus.BadTime;
        _draft.Time = time;
        _draft.SetEndpoint(LinePrefix.TakeWord(ref rest));
        _draft.Transport = before.EndsWith(" TCP"u8) ? DnsTransport.Tcp : DnsTransport.Udp;
        return AddQuestion(Key(before));
    }

    private LogLineStatus AddQuestion(JoinKey key)
    {
        _joiner.Add(key, _draft);
        _draft = new QueryDraft(Context);
        return LogLineStatus.Query;
    }

    private LogLineStatus ReadAnswer(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest)
    {
        if (!TryTakeQuestion(ref rest, "': "u8, out var status)) return status;
        var answers = LinePrefix.TakeWord(ref rest);
        return AddAnswer(Key(before), answers, LinePrefix.TrySplit(rest, "rcode="u8, out _, out var code) ? LinePrefix.TakeWord(ref code) : default);
    }

    private LogLineStatus AddAnswer(JoinKey key, ReadOnlySpan<byte> answers, ReadOnlySpan<byte> code)
    {
        if (_joiner.Find(key) is not { IsAnswered: false } waiting)
        {
            Context.Statistics.UnmatchedAnswers++;
            return LogLineStatus.NoQuery;
        }
        waiting.IsAnswered = true;
        waiting.Draft.Set(LogField.AnswerCount, answers);
        if (!code.IsEmpty) waiting.Draft.SetResponse(code);
        return LogLineStatus.Query;
    }

    /// <summary>msg is "Question", "Answer" or "Question answered from packet cache".</summary>
    private LogLineStatus ReadStructured(ReadOnlySpan<byte> text)
    {
        var line = new RecursorLine(text);
        Span<byte> buffer = stackalloc byte[RecursorLine.MaxValueLength];
        Span<byte> second = stackalloc byte[RecursorLine.MaxValueLength];
        var name = line.Get("qname"u8, buffer);
        if (name.IsEmpty) return LogLineStatus.Malformed;
        if (!_draft.SetName(name, LogEscapes.Decimal)) return LogLineStatus.BadName;
        _draft.SetType(line.Get("qtype"u8, buffer));
        _ = Utf8Parser.TryParse(line.Get("mtid"u8, buffer), out long number, out _);
        var key = Key(number);
        if (line.Get("msg"u8, buffer).SequenceEqual("Answer"u8)) return AddAnswer(key, line.Get("answers"u8, buffer), line.Get("rcode"u8, second));

        if (Context.Clock.TryRead(line.Get("ts"u8, buffer), out var time)) _draft.Time = time;
        else if (LinePrefix.ReadTime(text, Context.Clock) is { } logged) _draft.Time = logged;
        else return LogLineStatus.BadTime;
        _draft.SetEndpoint(line.Get("remote"u8, buffer));
        _draft.Set(LogField.Transport, line.Get("proto"u8, buffer));
        if (line.Get("msg"u8, buffer).SequenceEqual("Question"u8)) return AddQuestion(key);
        Context.Emit(_draft);
        return LogLineStatus.Query;
    }

    private LogLineStatus ReadRemote(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest)
    {
        if (!LinePrefix.TrySplit(rest, " wants '"u8, out var client, out rest)) return LogLineStatus.NoQuery;
        if (!TryTakeQuestion(ref rest, "', do = "u8, out var status) && !TryTakeQuestion(ref rest, "'"u8, out status)) return status;
        if (LinePrefix.ReadTime(before, Context.Clock) is { } time) _draft.Time = time;
        // The client network of an EDNS option (RFC 7871) follows an arrow.
        if (client.IndexOf("<-"u8) is >= 0 and var arrow) client = client[..arrow];
        _draft.SetEndpoint(client);
        _draft.Transport = before.EndsWith("TCP "u8) ? DnsTransport.Tcp : DnsTransport.Udp;
        Context.Emit(_draft);
        return LogLineStatus.Query;
    }

    /// <summary>The number of the question, in "2 [37/1": unique among those that a thread works on.</summary>
    private JoinKey Key(ReadOnlySpan<byte> before)
    {
        _ = Utf8Parser.TryParse(before[(before.LastIndexOf((byte)'[') + 1)..], out long number, out _);
        return Key(number);
    }

    private JoinKey Key(long number) => new(null, number, _draft.Name!.ToLowerInvariant(), _draft.Type);
}
