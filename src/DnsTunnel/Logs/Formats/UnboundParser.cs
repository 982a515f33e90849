namespace DnsTunnel.Logs.Formats;

/// <summary>
/// Unbound with log-queries, log-replies or both, tagged (log-tag-queryreply) or not, in its own file or through syslog
/// (https://unbound.docs.nlnetlabs.nl/en/latest/manpages/unbound.conf.html):
///   [1795516131] unbound[9719:0] query: 192.0.2.1 name. A IN
///   [1795516131] unbound[9719:0] reply: 192.0.2.1 name. A IN NOERROR 0.000950 0 60
/// Bytes that are not letters, digits, hyphen, underscore or asterisk are written "?" and so are lost.
/// </summary>
internal sealed class UnboundParser(LogContext context) : LogParser(context)
{
    private readonly QueryJoiner _joiner = new(context);
    private QueryDraft _draft = new(context);

    public static bool Matches(ReadOnlySpan<byte> line) => TrySplit(line, out _, out _);

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (!TrySplit(line, out var prefix, out var rest)) return LogLineStatus.NoQuery;
        _draft.Clear();
        var client = Context.Texts.Address(LinePrefix.TakeWord(ref rest));
        if (client is null) return LogLineStatus.NoQuery;
        var name = LinePrefix.TakeWord(ref rest);
        var type = LinePrefix.TakeWord(ref rest);
        var @class = LinePrefix.TakeWord(ref rest);
        if (@class.IsEmpty) return LogLineStatus.NoQuery;

        if (LinePrefix.ReadTime(prefix, Context.Clock) is not { } time) return LogLineStatus.BadTime;
        if (!_draft.SetName(name, LogEscapes.None)) return LogLineStatus.BadName;
        _draft.Time = time;
        _draft.ClientAddress = client;
        _draft.SetType(type);
        _draft.SetClass(@class);
        var key = new JoinKey(client, 0, _draft.Name!.ToLowerInvariant(), _draft.Type);
        if (rest.IsEmpty) AddQuery(key, name);
        else AddReply(key, name, rest);
        return LogLineStatus.Query;
    }

    public override void Complete() => _joiner.Complete();

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> rest)
    {
        rest = default;
        if (!LinePrefix.TrySplit(line, "unbound["u8, out prefix, out var after)) return false;
        // unbound[pid:thread] level: in a file, unbound[pid]: [pid:thread] level: in syslog.
        if (!LinePrefix.TrySplit(after, "] "u8, out _, out rest) && !LinePrefix.TrySplit(after, "]: "u8, out _, out rest)) return false;
        LinePrefix.TakeWord(ref rest);
        return true;
    }

    private void AddQuery(JoinKey key, ReadOnlySpan<byte> name)
    {
        if (name.Contains((byte)'?')) Context.Statistics.LossyNames++;
        _joiner.Add(key, _draft);
        _draft = new QueryDraft(Context);
    }

    /// <summary>rcode duration cached size.</summary>
    private void AddReply(JoinKey key, ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest)
    {
        var waiting = _joiner.Find(key);
        var draft = waiting is { IsAnswered: false } ? waiting.Draft : _draft;
        draft.SetResponse(LinePrefix.TakeWord(ref rest));
        LinePrefix.TakeWord(ref rest);
        LinePrefix.TakeWord(ref rest);
        draft.Set(LogField.ResponseSize, LinePrefix.TakeWord(ref rest));
        if (waiting is { IsAnswered: false })
        {
            waiting.IsAnswered = true;
            return;
        }
        if (!_joiner.HasQueries && name.Contains((byte)'?')) Context.Statistics.LossyNames++;
        _joiner.AddUnmatched(draft);
    }
}
