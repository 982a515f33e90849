using System.Buffers.Text;
using DnsTunnel.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.Logs;

/// <summary>A query while its line, or lines, are read.</summary>
internal sealed class QueryDraft(LogContext context)
{
    // A message of 65,535 bytes holds no more: a record has 11 bytes at least.
    private const int MaxAnswers = (ushort.MaxValue - 12) / 11;

    private readonly List<string> _answers = [];
    private readonly int[] _ranks = new int[(int)LogField.Extra + 1];
    private string? _subdomain;
    private string? _registeredDomain;

    public DateTime? Time { get; set; }

    public string? ClientAddress { get; set; }

    public int ClientPort { get; set; }

    public string? ServerAddress { get; set; }

    public int ServerPort { get; set; }

    public DnsTransport Transport { get; set; }

    public int Id { get; set; }

    /// <summary>Null while there is none.</summary>
    public string? Name { get; private set; }

    /// <summary>Empty while the log has told none.</summary>
    public string Type { get; private set; } = string.Empty;

    public string Class { get; private set; } = "IN";

    public string? ResponseCode { get; set; }

    public int AnswerCount { get; set; }

    public int QuerySize { get; set; }

    public int ResponseSize { get; set; }

    public string? HostName { get; set; }

    public int? ProcessId { get; set; }

    public string? ProcessName { get; set; }

    public string? ProcessPath { get; set; }

    public string? UserName { get; set; }

    /// <summary>Null for the source of the log itself.</summary>
    public string? Source { get; set; }

    /// <summary>Takes everything out, for the next line.</summary>
    public void Clear()
    {
        _answers.Clear();
        Array.Fill(_ranks, int.MaxValue);
        Time = null;
        ClientAddress = ServerAddress = HostName = ProcessName = ProcessPath = UserName = Source = ResponseCode = Name = _registeredDomain = _subdomain = null;
        ClientPort = ServerPort = Id = AnswerCount = QuerySize = ResponseSize = 0;
        Transport = DnsTransport.Udp;
        ProcessId = null;
        Type = string.Empty;
        Class = "IN";
    }

    /// <summary>Whether a field may be set by a name of this rank: not when one with precedence has. Answers may always.</summary>
    public bool Claim(LogField field, int rank)
    {
        ref var held = ref _ranks[(int)field];
        if (rank > held) return false;
        held = rank;
        return true;
    }

    /// <summary>Sets a field from its text; what it cannot mean is left out, but a time or name that does not read is an error.</summary>
    public LogLineStatus Set(LogField field, ReadOnlySpan<byte> value, LogEscapes escapes = LogEscapes.None)
    {
        if (value.IsEmpty) return LogLineStatus.Query;
        switch (field)
        {
            case LogField.Time or LogField.UtcTime:
                if (!context.Clock.TryRead(value, out var time, utc: field == LogField.UtcTime)) return LogLineStatus.BadTime;
                Time = time;
                break;
            case LogField.Name:
                return SetName(value, escapes) ? LogLineStatus.Query : LogLineStatus.BadName;
            case LogField.ClientAddress:
                SetClient(value);
                break;
            case LogField.ClientPort:
                ClientPort = Number(value, ushort.MaxValue);
                break;
            case LogField.ServerAddress:
                ServerAddress = context.Texts.Address(value);
                break;
            case LogField.ServerPort:
                ServerPort = Number(value, ushort.MaxValue);
                break;
            case LogField.Transport:
                Transport = value.Length == 3 && (value[0] | 0x20) == 't' ? DnsTransport.Tcp : DnsTransport.Udp;
                break;
            case LogField.Id:
                Id = Number(value, ushort.MaxValue);
                break;
            case LogField.Type or LogField.TypeNumber:
                SetType(value);
                break;
            case LogField.Class or LogField.ClassNumber:
                SetClass(value);
                break;
            case LogField.ResponseCode or LogField.ResponseNumber:
                SetResponse(value);
                break;
            case LogField.Answer:
                AddAnswer(value, escapes);
                break;
            case LogField.AnswerCount:
                AnswerCount = Number(value, ushort.MaxValue);
                break;
            case LogField.QuerySize:
                QuerySize = Number(value, ushort.MaxValue);
                break;
            case LogField.ResponseSize:
                ResponseSize = Number(value, ushort.MaxValue);
                break;
            case LogField.HostName:
                HostName = context.Texts.Text(value);
                break;
            case LogField.ProcessId:
                ProcessId = Utf8Parser.TryParse(value, out int process, out _) ? process : null;
                break;
            case LogField.ProcessName:
                ProcessName = context.Texts.Text(NameOf(value));
                if (IsPath(value)) ProcessPath ??= context.Texts.Text(value);
                break;
            case LogField.ProcessPath:
                ProcessPath = context.Texts.Text(value);
                ProcessName ??= context.Texts.Text(NameOf(value));
                break;
            case LogField.UserName:
                UserName = context.Texts.Text(value);
                break;
            case LogField.Source:
                if (context.Texts.Address(value) is not { } address) Source = context.Texts.Text(value);
                else ClientAddress ??= address;
                break;
        }
        return LogLineStatus.Query;
    }

    /// <summary>A time of any kind: one that does not say its zone is of the zone of the log.</summary>
    public LogLineStatus SetTime(DateTime time)
    {
        Time = time.Kind == DateTimeKind.Unspecified ? context.Clock.ToUtc(time) : time.ToUniversalTime();
        return LogLineStatus.Query;
    }

    public bool SetName(ReadOnlySpan<byte> text, LogEscapes escapes)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        if (!LogName.TryRead(text, escapes, wire, out var length)) return false;
        return SetName(wire[..length]);
    }

    /// <summary>A name in wire form; always true.</summary>
    public bool SetName(ReadOnlySpan<byte> wire)
    {
        Name = DnsName.ToText(wire);
        (_registeredDomain, _subdomain) = context.Suffixes.Split(wire, Name);
        return true;
    }

    /// <summary>An address or, where a log has that instead, the name of the client.</summary>
    public void SetClient(ReadOnlySpan<byte> text)
    {
        ClientAddress = context.Texts.Address(text);
        if (ClientAddress is null && !text.IsEmpty) HostName ??= context.Texts.Text(text);
    }

    /// <summary>192.0.2.1:53, [2001:db8::1]:53, 192.0.2.1#53, or an address alone.</summary>
    public void SetEndpoint(ReadOnlySpan<byte> text)
    {
        var mark = text.LastIndexOfAny((byte)':', (byte)'#');
        var alone = mark < 0 || context.Texts.Address(text) is not null;
        if (!alone) ClientPort = Number(text[(mark + 1)..], ushort.MaxValue);
        SetClient((alone ? text : text[..mark]).Trim("[]"u8));
    }

    /// <summary>Takes over what another draft has of the answer.</summary>
    public void TakeAnswer(QueryDraft answer)
    {
        ResponseCode = answer.ResponseCode ?? ResponseCode;
        ResponseSize = Math.Max(ResponseSize, answer.ResponseSize);
        AnswerCount = Math.Max(AnswerCount, answer.AnswerCount);
        foreach (var text in answer._answers) AddAnswer(text);
    }

    /// <summary>Makes the client of the server: for answers logged in their own direction.</summary>
    public void SwapEnds()
    {
        (ClientAddress, ServerAddress) = (ServerAddress, ClientAddress);
        (ClientPort, ServerPort) = (ServerPort, ClientPort);
    }

    /// <summary>A mnemonic in any case, TYPEn, a number, or what stands for ANY in Zeek; other words stay.</summary>
    public void SetType(ReadOnlySpan<byte> text)
    {
        var digits = text.StartsWith("TYPE"u8) ? text["TYPE"u8.Length..] : text;
        if (Utf8Parser.TryParse(digits, out ushort number, out var read) && read == digits.Length) Type = DnsTypes.NameOf(number);
        else if (text is [(byte)'*']) Type = "ANY";
        else Type = LogWords.Upper(context.Texts.Text(text));
    }

    public void SetClass(ReadOnlySpan<byte> text)
    {
        var word = context.Texts.Text(text);
        Class = Utf8Parser.TryParse(text, out ushort number, out var read) && read == text.Length ? DnsCodes.ClassName(number) : LogWords.Class(word);
    }

    public void SetResponse(ReadOnlySpan<byte> text)
    {
        var word = context.Texts.Text(text);
        ResponseCode = Utf8Parser.TryParse(text, out ushort number, out var read) && read == text.Length
            ? DnsCodes.ResponseName(number)
            : LogWords.Upper(word);
    }

    /// <summary>An address is written as all sources write it; other text stays, cleaned.</summary>
    public void AddAnswer(ReadOnlySpan<byte> text, LogEscapes escapes = LogEscapes.None) =>
        AddAnswer(context.Texts.Address(text) ?? LogText.Decode(text, escapes));

    /// <summary>
    /// RDATA, which can be empty. Only an address of IPv6 is changed, to its usual form: a name of numbers is no address (1.2 was one
    /// once), and an IPv4 address is none in an AAAA record.
    /// </summary>
    public void AddData(ReadOnlySpan<byte> text, LogEscapes escapes)
    {
        var address = text.Contains((byte)':') && !text.Contains((byte)'.') ? context.Texts.Address(text) : null;
        AddAnswer(address ?? LogText.Decode(text, escapes));
    }

    public void AddAnswer(string text)
    {
        if (_answers.Count < MaxAnswers) _answers.Add(text);
    }

    public DnsQuery ToQuery()
    {
        if (Time is null) context.Statistics.UntimedQueries++;
        return new DnsQuery
        {
            Timestamp = Time ?? context.Clock.Reference,
            ClientAddress = ClientAddress,
            ClientPort = ClientPort,
            ServerAddress = ServerAddress,
            ServerPort = ServerPort,
            Transport = Transport,
            Id = Id,
            QueryName = Name ?? ".",
            QueryType = Type,
            QueryClass = Class,
            ResponseCode = ResponseCode,
            AnswerCount = Math.Max(AnswerCount, _answers.Count),
            Answers = [.. _answers],
            QuerySize = QuerySize,
            ResponseSize = ResponseSize,
            RegisteredDomain = _registeredDomain,
            Subdomain = _subdomain,
            HostName = HostName,
            ProcessId = ProcessId,
            ProcessName = ProcessName,
            ProcessPath = ProcessPath,
            UserName = UserName,
            Source = Source ?? context.Source,
        };
    }

    // Names of processes may have a slash inside (kworker/0:1).
    private static bool IsPath(ReadOnlySpan<byte> text) => text is [(byte)'/' or (byte)'\\', ..] or [_, (byte)':', (byte)'\\', ..];

    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> program) =>
        IsPath(program) ? program[(program.LastIndexOfAny((byte)'\\', (byte)'/') + 1)..] : program;

    private static int Number(ReadOnlySpan<byte> text, int max) =>
        Utf8Parser.TryParse(text, out int number, out _) && number >= 0 && number <= max ? number : 0;
}
