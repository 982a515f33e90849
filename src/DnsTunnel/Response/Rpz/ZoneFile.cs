using System.Globalization;
using System.Net;
using System.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Response.Rpz;

/// <summary>The content of a response-policy zone file: what it says about a domain, and the same bytes with our lines in or out.</summary>
internal sealed class ZoneFile
{
    // A file need not tell the name of its zone. A name that is too long makes servers drop the whole policy, so room is left.
    private const int UnknownZoneLength = 64;

    private static readonly byte[] s_mark = Encoding.ASCII.GetBytes(ZoneFileText.Mark);

    private readonly byte[] _content;
    private readonly string _path;
    private readonly ZoneName _zone = new();
    private readonly ZoneName _lastOrigin = new();
    private readonly List<(int Start, int Length)> _serials = [];
    private readonly uint _serial;

    /// <summary>Reads the content; one that is empty or blank becomes an empty zone.</summary>
    /// <exception cref="ResponseException">It is not a zone, or not one that lines can be added to.</exception>
    public ZoneFile(byte[] content, string path, DateOnly today)
    {
        _path = path;
        _content = IsBlank(content) ? NewZone(content, today) : content;

        var reader = new ZoneFileReader(_content);
        while (reader.Read())
        {
            if (!reader.TryGetSerial(out var start, out var length)) continue;
            var text = _content.AsSpan(start, length);
            if (!uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var serial))
                throw NotAZone($"the serial of the SOA record in line {reader.Line} is not a number");
            // Zone transfers saved to a file have their SOA at both ends.
            if (_serials.Count > 0 && serial != _serial) throw NotAZone($"line {reader.Line} has an SOA record with another serial");
            if (_serials.Count == 0) _zone.Set(reader.Owner);
            _serial = serial;
            _serials.Add((start, length));
        }
        if (_serials.Count == 0) throw NotAZone("it has no SOA record");
        if (reader.IsOpen) throw NotAZone("it ends inside parentheses");
        if (_content[^1] == (byte)'\r') throw NotAZone("it ends inside a line end");

        reader = Entries();
        while (reader.Read()) { }
        _lastOrigin.Set(reader.Origin);
    }

    /// <summary>The name of the zone, when the file tells it.</summary>
    public string? ZoneName => _zone.IsAbsolute ? ZoneFileText.Encode(_zone.Labels) : null;

    /// <summary>Whether the lines of a response are there: all of them, or none.</summary>
    /// <exception cref="ResponseException">Some are gone or changed.</exception>
    public bool HasLines(ZoneLines lines)
    {
        var mark = MarkOf(lines.Id);
        var (marked, intact) = (0, 0);
        var reader = Entries();
        while (reader.Read())
        {
            if (!IsMarked(reader.LineText, mark)) continue;
            marked++;
            if (IsAsWritten(reader.LineText, lines)) intact++;
        }
        if (marked > 0 && (intact != marked || intact != lines.Lines.Length)) throw Changed(lines, "is not whole", "some of its lines are gone or changed");
        return marked > 0;
    }

    /// <summary>The lines that would block the domain.</summary>
    /// <exception cref="ResponseException">The zone cannot take them.</exception>
    public string[] LinesFor(BlockedDomain domain, string id, IPAddress? sinkhole = null)
    {
        var isKnown = _zone.IsAbsolute;
        var length = 2 + domain.Wire.Length + (isKnown ? _zone.Labels.Length : UnknownZoneLength);
        if (length > DnsName.MaxWireLength)
        {
            var zone = isKnown ? $"the zone '{ZoneFileText.Encode(_zone.Labels)}'" : "a zone whose name the file does not tell";
            throw new ResponseException(ResponseError.DomainTooLong,
                $"'{domain.Text}' cannot be blocked in {zone}: '*.', the domain and the zone together can be {length} bytes, and a name has at most {DnsName.MaxWireLength}.");
        }
        RefuseIfListed(domain);
        return ZoneFileText.Lines(domain, OwnerSuffix(), id, LacksLastNewline(), sinkhole);
    }

    /// <summary>The content with the lines at its end and a greater serial.</summary>
    public byte[] With(string[] lines, DateOnly today)
    {
        var newline = Newline();
        var result = new MemoryStream(_content.Length + 1024);
        WriteWithNextSerial(result, 0, _content.Length, today);
        if (_content[^1] != (byte)'\n') result.Write(newline);
        foreach (var line in lines)
        {
            result.Write(Encoding.ASCII.GetBytes(line));
            result.Write(newline);
        }
        return result.ToArray();
    }

    /// <summary>The content without the lines of a response and with a greater serial; null when none of them is there.</summary>
    /// <exception cref="ResponseException">Someone changed them.</exception>
    public byte[]? Without(ZoneLines lines, DateOnly today, out int removed)
    {
        var mark = MarkOf(lines.Id);
        var result = new MemoryStream(_content.Length + 16);
        var (kept, previous) = (0, false);
        removed = 0;
        var reader = Entries();
        while (reader.Read())
        {
            var isOurs = IsMarked(reader.LineText, mark);
            if (isOurs && !IsAsWritten(reader.LineText, lines))
                throw Changed(lines, "cannot be undone", $"line {reader.Line} has its mark but is not as it was written");
            if (previous && !isOurs && reader.InheritsOwner && reader.HasOwner)
                throw Changed(lines, "cannot be undone", $"line {reader.Line} takes its owner from the line that would go");
            previous = isOurs;
            if (!isOurs) continue;

            removed++;
            WriteWithNextSerial(result, kept, reader.Start, today);
            kept = reader.End;
        }
        if (removed == 0) return null;

        WriteWithNextSerial(result, kept, _content.Length, today);
        if (kept == _content.Length && lines.Lines[0].EndsWith(ZoneFileText.NewlineMark, StringComparison.Ordinal)) TrimLastNewline(result);
        return result.ToArray();
    }

    // A zone starts with its own name as origin.
    private ZoneFileReader Entries() => new(_content, _zone.IsAbsolute ? _zone : null);

    private void RefuseIfListed(BlockedDomain domain)
    {
        var reader = Entries();
        while (reader.Read())
        {
            if (!reader.HasOwner || !IsOwner(reader.Owner, domain)) continue;
            // A second CNAME, or anything beside a CNAME, makes servers refuse the whole zone (RFC 2181, section 10.1).
            throw new ResponseException(ResponseError.DomainAlreadyListed,
                $"Line {reader.Line} of '{_path}' already has a rule for '{domain.Text}' which this journal did not write.");
        }
    }

    private bool IsOwner(ZoneName owner, BlockedDomain domain)
    {
        var labels = owner.Labels;
        if (labels is [1, (byte)'*', ..]) labels = labels[2..];
        var zone = _zone.Labels;
        if (labels.Length < domain.Labels.Length || !DnsName.EqualsIgnoreCase(labels[..domain.Labels.Length], domain.Labels)) return false;
        var rest = labels[domain.Labels.Length..];
        // An absolute owner in a zone of unknown name: it may be ours, so it counts.
        return owner.IsAbsolute != _zone.IsAbsolute || DnsName.EqualsIgnoreCase(rest, zone);
    }

    private string OwnerSuffix()
    {
        if (_lastOrigin.Is(_zone)) return "";
        if (!_zone.IsAbsolute) throw NotAZone("it changes $ORIGIN and does not tell the name of the zone; start it with '$ORIGIN <zone>.'");
        return _zone.Labels.IsEmpty ? "." : $".{ZoneFileText.Encode(_zone.Labels)}.";
    }

    /// <summary>Whether the line end before our lines is ours too: we add it, or lines of ours that stand there did.</summary>
    private bool LacksLastNewline()
    {
        if (_content[^1] != (byte)'\n') return true;
        var last = LastLine(_content.AsSpan(0, _content.Length - 1)).TrimEnd((byte)'\r');
        return last.IndexOf(s_mark) >= 0 && last.EndsWith(Encoding.ASCII.GetBytes(ZoneFileText.NewlineMark));
    }

    private static void TrimLastNewline(MemoryStream stream)
    {
        var content = stream.GetBuffer().AsSpan(0, (int)stream.Length);
        if (!content.EndsWith("\n"u8)) return;
        var end = content.Length - 1;
        if (end > 0 && content[end - 1] == (byte)'\r') end--;
        // Lines of another response still need it.
        if (LastLine(content[..end]).IndexOf(s_mark) < 0) stream.SetLength(end);
    }

    private static ReadOnlySpan<byte> LastLine(ReadOnlySpan<byte> text) => text[(text.LastIndexOf((byte)'\n') + 1)..];

    private byte[] Newline() => _content.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n"u8.ToArray() : "\n"u8.ToArray();

    private void WriteWithNextSerial(MemoryStream result, int from, int to, DateOnly today)
    {
        var next = Encoding.ASCII.GetBytes(SoaSerial.Next(_serial, today).ToString(CultureInfo.InvariantCulture));
        foreach (var (start, length) in _serials)
        {
            if (start < from || start >= to) continue;
            result.Write(_content, from, start - from);
            result.Write(next);
            from = start + length;
        }
        result.Write(_content, from, to - from);
    }

    private static byte[] MarkOf(string id) => Encoding.ASCII.GetBytes(ZoneFileText.Mark + id);

    private static bool IsAsWritten(ReadOnlySpan<byte> line, ZoneLines lines) =>
        lines.Lines.Contains(Encoding.Latin1.GetString(line));

    private static bool IsMarked(ReadOnlySpan<byte> line, ReadOnlySpan<byte> mark)
    {
        var at = line.LastIndexOf(mark);
        if (at < 0) return false;
        var rest = line[(at + mark.Length)..];
        return rest.IsEmpty || rest[0] == (byte)' ';
    }

    private static bool IsBlank(ReadOnlySpan<byte> content) => content.TrimStart(" \t\r\n"u8).IsEmpty;

    private static byte[] NewZone(byte[] blank, DateOnly today) =>
    [
        .. blank,
        .. blank is [] or [.., (byte)'\n'] ? [] : "\n"u8,
        // A short time to live, for the negative answers too: an undone block is soon forgotten by clients.
        .. Encoding.ASCII.GetBytes(
            $"$TTL 60\n@ SOA localhost. hostmaster.localhost. {SoaSerial.First(today)} 3600 600 604800 60\n@ NS localhost.\n"),
    ];

    private ResponseException NotAZone(string why) => new(ResponseError.ZoneFileNotAZone, $"'{_path}' cannot be used as a zone file: {why}.");

    private ResponseException Changed(ZoneLines lines, string verdict, string what) => new(ResponseError.ResponseChanged,
        $"The response {lines.Id} {verdict}: in '{_path}' {what}.");
}
