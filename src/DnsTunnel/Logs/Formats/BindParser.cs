namespace DnsTunnel.Logs.Formats;

/// <summary>
/// The log category "queries" of BIND 9 (https://bind9.readthedocs.io/en/latest/reference.html#namedconf-statement-category), in a file
/// or through syslog. Queries that were denied are in the category "security" only:
///   client @0x7ff5 192.0.2.1#53225 (name): view internal: query: name IN A +E(0)K (192.0.2.53)
///   client @0x7ff5 192.0.2.1#53225 (name): query (cache) 'name/ANY/IN' denied
/// Infoblox logs responses too (https://docs.infoblox.com, "Capturing DNS Queries and Responses"), alone or after the queries:
///   client 192.0.2.1#55720: UDP: query: name IN A response: NOERROR +EV name. 250 IN A 198.51.100.7;
/// </summary>
internal sealed class BindParser(LogContext context) : LogParser(context)
{
    /// <summary>So many queries wait for the first response; a log without one has none, and those who follow it must not wait.</summary>
    private const int MaxWithoutResponse = 64;

    private readonly QueryJoiner _joiner = new(context);
    private QueryDraft _draft = new(context);
    private long _queries;
    private bool _hasResponses;
    private bool _isResponse;

    private static ReadOnlySpan<byte> Denied => "' denied"u8;

    public static bool Matches(ReadOnlySpan<byte> line) =>
        LinePrefix.TrySplit(line, "client "u8, out _, out var rest) && TryReadClient(ref rest, out _, out _)
        && (rest.IndexOf(": query: "u8) >= 0 || rest.IndexOf(Denied) >= 0);

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (!LinePrefix.TrySplit(line, "client "u8, out var prefix, out var rest)) return LogLineStatus.NoQuery;
        if (!TryReadClient(ref rest, out var address, out var port)) return LogLineStatus.NoQuery;

        _draft.Clear();
        _isResponse = false;
        _draft.SetClient(address);
        _draft.Set(LogField.ClientPort, port);
        LogLineStatus status;
        if (LinePrefix.TrySplit(rest, " query: "u8, out _, out var query)) status = ReadQuery(query);
        else status = _joiner.HasQueries ? LogLineStatus.NoQuery : ReadDenied(rest);
        if (status != LogLineStatus.Query) return status;
        if (LinePrefix.ReadTime(prefix, Context.Clock) is not { } time)
        {
            // print-time no: the channel has no times at all.
            if (prefix.ContainsAnyInRange((byte)'0', (byte)'9')) return LogLineStatus.BadTime;
        }
        else
        {
            _draft.Time = time;
        }
        if (query.IsEmpty) Context.Emit(_draft);
        else Join();
        return LogLineStatus.Query;
    }

    public override void Complete() => _joiner.Complete();

    /// <summary>@0x7ff5ce905098 192.0.2.1#53225 – the object's address since BIND 9.11 – and, after it, /key name or a space.</summary>
    private static bool TryReadClient(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> address, out ReadOnlySpan<byte> port)
    {
        address = port = default;
        if (rest is [(byte)'@', ..]) LinePrefix.TakeWord(ref rest);
        var hash = rest.IndexOf((byte)'#');
        if (hash is < 2 or > 64) return false;
        address = rest[..hash];
        rest = rest[(hash + 1)..];
        var end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (end is < 1 or > 5) return false;
        port = rest[..end];
        rest = rest[end..];
        return address.IndexOfAny((byte)'.', (byte)':') >= 0 && !address.Contains((byte)' ');
    }

    /// <summary>name class type flags (server): flags are + or - for RD, then S E(version) T D C V K.</summary>
    private LogLineStatus ReadQuery(ReadOnlySpan<byte> text)
    {
        var name = LinePrefix.TakeWord(ref text);
        var @class = LinePrefix.TakeWord(ref text);
        var type = LinePrefix.TakeWord(ref text);
        var flags = LinePrefix.TakeWord(ref text);
        _isResponse = flags.SequenceEqual("response:"u8);
        if (type.IsEmpty) return LogLineStatus.Malformed;
        if (!_draft.SetName(name, LogEscapes.Decimal)) return LogLineStatus.BadName;
        _draft.SetClass(@class);
        _draft.SetType(type);
        if (_isResponse)
        {
            ReadResponse(text);
            return LogLineStatus.Query;
        }
        if (flags.Contains((byte)'T')) _draft.Transport = DnsTransport.Tcp;
        if (text is [(byte)'(', .. var server, _])
        {
            _draft.Set(LogField.ServerAddress, server);
            _draft.ServerPort = 53;
        }
        return LogLineStatus.Query;
    }

    private void Join()
    {
        var key = new JoinKey(_draft.ClientAddress, _draft.ClientPort, _draft.Name!.ToLowerInvariant(), _draft.Type);
        if (_isResponse) AddResponse(key);
        else AddQuery(key);
    }

    private void AddQuery(JoinKey key)
    {
        if (!_hasResponses && _queries++ >= MaxWithoutResponse)
        {
            _joiner.Complete();
            Context.Emit(_draft);
            return;
        }
        _joiner.Add(key, _draft);
        _draft = new QueryDraft(Context);
    }

    private void AddResponse(JoinKey key)
    {
        _hasResponses = true;
        _joiner.Answer(key, _draft);
    }

    /// <summary>NOERROR +EV name. 250 IN A 192.0.2.1; name. 250 IN A 192.0.2.2;</summary>
    private void ReadResponse(ReadOnlySpan<byte> text)
    {
        _draft.SetResponse(LinePrefix.TakeWord(ref text));
        LinePrefix.TakeWord(ref text);
        while (!text.IsEmpty)
        {
            var record = LinePrefix.TakeWord(ref text, (byte)';').Trim((byte)' ');
            for (var skipped = 0; skipped < 4; skipped++) LinePrefix.TakeWord(ref record);
            if (!record.IsEmpty) _draft.AddAnswer(record);
        }
    }

    /// <summary>query 'name/type/class' denied. Where queries are logged too, this one was.</summary>
    private LogLineStatus ReadDenied(ReadOnlySpan<byte> text)
    {
        // A reason may follow, in parentheses.
        var denied = text.LastIndexOf(Denied);
        if (denied < 0) return LogLineStatus.NoQuery;
        text = text[..denied];
        var quote = text.LastIndexOf(" '"u8);
        if (quote < 0 || text[..quote].IndexOf(" query"u8) < 0) return LogLineStatus.NoQuery;
        text = text[(quote + 2)..];
        // A name may hold a slash; types and classes do not.
        var classAt = text.LastIndexOf((byte)'/');
        var typeAt = classAt < 0 ? -1 : text[..classAt].LastIndexOf((byte)'/');
        if (typeAt < 0) return LogLineStatus.Malformed;
        if (!_draft.SetName(text[..typeAt], LogEscapes.Decimal)) return LogLineStatus.BadName;
        _draft.SetType(text[(typeAt + 1)..classAt]);
        _draft.SetClass(text[(classAt + 1)..]);
        _draft.ResponseCode = "REFUSED";
        return LogLineStatus.Query;
    }
}
