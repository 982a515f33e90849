namespace DnsTunnel.Logs.Formats;

/// <summary>
/// The log plugin of CoreDNS in its common form (https://coredns.io/plugins/log/), which has no time of its own:
///   [INFO] 192.0.2.1:48863 - 42318 "KEY IN name. udp 49 false 512" NOERROR qr,aa,rd,ra 126 0.002197216s
/// </summary>
internal sealed class CoreDnsParser(LogContext context) : LogParser(context)
{
    private readonly QueryDraft _draft = new(context);

    public static bool Matches(ReadOnlySpan<byte> line) =>
        TrySplit(line, out _, out var rest) && rest.IndexOf(" - "u8) is > 0 and < 64 && rest.IndexOf(" \""u8) > 0 && rest.Contains((byte)':');

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        if (!TrySplit(line, out var prefix, out var rest)) return LogLineStatus.NoQuery;
        if (!LinePrefix.TrySplit(rest, " \""u8, out var before, out rest)) return LogLineStatus.NoQuery;
        if (!LinePrefix.TrySplit(before, " - "u8, out var client, out var id)) return LogLineStatus.NoQuery;

        _draft.Clear();
        _draft.SetEndpoint(client);
        _draft.Set(LogField.Id, id);
        var status = ReadQuestion(ref rest);
        if (status != LogLineStatus.Query) return status;
        ReadAnswer(rest);
        _draft.Time = LinePrefix.ReadTime(prefix, Context.Clock);
        Context.Emit(_draft);
        return LogLineStatus.Query;
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> rest) =>
        LinePrefix.TrySplit(line, "[INFO] "u8, out prefix, out rest);

    /// <summary>type class name transport size do bufsize; no part but the name can hold a space, and CoreDNS writes that \032.</summary>
    private LogLineStatus ReadQuestion(ref ReadOnlySpan<byte> rest)
    {
        _draft.SetType(LinePrefix.TakeWord(ref rest));
        _draft.SetClass(LinePrefix.TakeWord(ref rest));
        var name = LinePrefix.TakeWord(ref rest);
        var transport = LinePrefix.TakeWord(ref rest);
        if (transport.IsEmpty) return LogLineStatus.Malformed;
        if (!_draft.SetName(name, LogEscapes.Decimal)) return LogLineStatus.BadName;
        _draft.Set(LogField.Transport, transport);
        _draft.Set(LogField.QuerySize, LinePrefix.TakeWord(ref rest));
        LinePrefix.TakeWord(ref rest, (byte)'"');
        return LogLineStatus.Query;
    }

    /// <summary>rcode flags size duration; "-" where nothing was answered.</summary>
    private void ReadAnswer(ReadOnlySpan<byte> rest)
    {
        rest = rest.TrimStart((byte)' ');
        var code = LinePrefix.TakeWord(ref rest);
        if (code.IsEmpty || code is [(byte)'-']) return;
        _draft.SetResponse(code);
        LinePrefix.TakeWord(ref rest);
        _draft.Set(LogField.ResponseSize, LinePrefix.TakeWord(ref rest));
    }
}
