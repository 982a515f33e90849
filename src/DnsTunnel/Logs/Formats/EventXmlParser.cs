using System.Globalization;
using System.Text;
using System.Xml;

namespace DnsTunnel.Logs.Formats;

/// <summary><see cref="WindowsEvents"/> as XML, one after another, with or without a root: wevtutil qe /f:xml, ToXml() of Get-WinEvent.</summary>
internal sealed class EventXmlParser(LogContext context) : LogParser(context)
{
    // DTDs make documents that grow as they are read, and reach out to files and hosts.
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = false,
    };

    private readonly QueryJoiner _joiner = new(context);
    private QueryDraft _draft = new(context);
    private string? _provider;
    private int _id;

    public static bool Matches(ReadOnlySpan<byte> line) => FindEvent(line) >= 0;

    public override LogLineStatus Parse(ReadOnlySpan<byte> line)
    {
        var start = FindEvent(line);
        if (start < 0) return line.IndexOf("</Event>"u8) < 0 ? LogLineStatus.NoQuery : LogLineStatus.Malformed;
        // Most events of a log are others: their XML is not worth reading.
        if (line.IndexOf("QueryName"u8) < 0 && line.IndexOf("QNAME"u8) < 0) return LogLineStatus.NoQuery;
        try
        {
            using var reader = XmlReader.Create(new StringReader(Encoding.UTF8.GetString(line[start..])), s_settings);
            return ReadEvent(reader);
        }
        catch (XmlException)
        {
            return LogLineStatus.Malformed;
        }
    }

    public override void Complete() => _joiner.Complete();

    private static int FindEvent(ReadOnlySpan<byte> line)
    {
        var start = line.IndexOf("<Event "u8);
        return start >= 0 ? start : line.IndexOf("<Event>"u8);
    }

    private LogLineStatus ReadEvent(XmlReader reader)
    {
        _draft.Clear();
        (_provider, _id) = (null, 0);
        var status = LogLineStatus.Query;
        while (reader.Read())
        {
            // Reading an element's content moves on to what follows it, which may be the next element.
            while (reader.NodeType == XmlNodeType.Element && TryReadValue(reader, out var name, out var value))
            {
                if (Set(name, value) is not LogLineStatus.Query and var set) status = set;
            }
        }
        var kind = WindowsEvents.KindOf(_provider, _id);
        if (kind == WindowsEventKind.Other) return LogLineStatus.NoQuery;
        if (status != LogLineStatus.Query) return status;
        if (_draft.Name is null) return LogLineStatus.NoQuery;
        if (kind == WindowsEventKind.LookUp) Context.Emit(_draft);
        else Join(kind);
        return LogLineStatus.Query;
    }

    /// <summary>A port has 65,536 ids; both are in the query and its response.</summary>
    private void Join(WindowsEventKind kind)
    {
        var key = new JoinKey(_draft.ClientAddress, (long)_draft.ClientPort << 16 | (long)_draft.Id, _draft.Name!.ToLowerInvariant(), _draft.Type);
        if (kind == WindowsEventKind.Query)
        {
            _joiner.Add(key, _draft);
            _draft = new QueryDraft(Context);
        }
        else
        {
            _joiner.Answer(key, _draft);
        }
    }

    /// <summary>The value of an element that has one, under the name that it has in the JSON of the same events.</summary>
    private static bool TryReadValue(XmlReader reader, out string name, out string value)
    {
        name = reader.LocalName == "Data" ? reader.GetAttribute("Name") ?? string.Empty : reader.LocalName;
        value = string.Empty;
        if (name is "TimeCreated" or "Provider")
        {
            value = reader.GetAttribute(name == "Provider" ? "Name" : "SystemTime") ?? string.Empty;
            reader.Skip();
            return true;
        }
        if (name is not ("EventID" or "Computer") && reader.LocalName != "Data") return false;
        value = reader.ReadElementContentAsString();
        return true;
    }

    private LogLineStatus Set(string name, string value)
    {
        if (name == "Provider") _provider = value;
        if (name == "EventID") _ = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _id);
        if (name is "Provider" or "EventID") return LogLineStatus.Query;

        Span<byte> key = stackalloc byte[64];
        if (!Encoding.UTF8.TryGetBytes(name, key, out var length)) return LogLineStatus.Query;
        var bytes = Encoding.UTF8.GetBytes(value);
        if (SysmonFields.Map.Find(key[..length]) is >= 0 and var rank)
        {
            return _draft.Claim(SysmonFields.Map[rank], rank) ? SysmonFields.Set(_draft, SysmonFields.Map[rank], bytes) : LogLineStatus.Query;
        }
        return WindowsEvents.Map.Find(key[..length]) is >= 0 and var other ? WindowsEvents.Set(_draft, WindowsEvents.Map[other], bytes) : LogLineStatus.Query;
    }
}
