using System.Text;

namespace DnsTunnel.Response.Rpz;

/// <summary>
/// Walks the entries of a zone file (RFC 1035, section 5.1): enough to know owners, the SOA and where an entry lies, so that all
/// other bytes can be left as they are.
/// </summary>
internal ref struct ZoneFileReader
{
    private const int MaxTokens = 8;

    private readonly ReadOnlySpan<byte> _text;
    private readonly (int Start, int Length)[] _tokens = new (int, int)[MaxTokens];
    private int _tokenCount;
    private int _position;
    private int _nextLine = 1;
    private bool _isOwnerKnown;

    /// <summary>Starts at the first entry.</summary>
    /// <param name="text">The content of the file.</param>
    /// <param name="zone">The name of the zone where it is known; what relative names are relative to at first.</param>
    public ZoneFileReader(ReadOnlySpan<byte> text, ZoneName? zone = null)
    {
        _text = text;
        if (zone is not null) Origin.Set(zone);
    }

    /// <summary>What relative names are relative to, after the entry.</summary>
    public ZoneName Origin { get; } = new();

    /// <summary>The owner of the entry; that of the last record for directives.</summary>
    public ZoneName Owner { get; } = new();

    /// <summary>Whether <see cref="Owner"/> could be read and the entry is a record.</summary>
    public bool HasOwner { get; private set; }

    /// <summary>Whether the entry starts with a blank and so has the owner of the record before it.</summary>
    public bool InheritsOwner { get; private set; }

    /// <summary>Where the first line of the entry starts.</summary>
    public int Start { get; private set; }

    /// <summary>Where the line after the entry starts.</summary>
    public readonly int End => _position;

    /// <summary>The number of the first line of the entry, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>Whether the entry's parentheses are never closed.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>Moves to the next record or directive; false at the end.</summary>
    public bool Read()
    {
        while (_position < _text.Length)
        {
            (Start, Line) = (_position, _nextLine);
            InheritsOwner = _text[_position] is (byte)' ' or (byte)'\t' or (byte)'\r';
            ReadTokens();
            if (_tokenCount == 0) continue;
            Interpret();
            return true;
        }
        return false;
    }

    /// <summary>The first line of the entry without its end.</summary>
    public readonly ReadOnlySpan<byte> LineText
    {
        get
        {
            var line = _text[Start..End];
            var end = line.IndexOf((byte)'\n');
            return (end < 0 ? line : line[..end]).TrimEnd((byte)'\r');
        }
    }

    /// <summary>Whether this is an SOA record, and where its serial is.</summary>
    public readonly bool TryGetSerial(out int start, out int length)
    {
        (start, length) = (0, 0);
        if (!HasOwner) return false;
        var type = InheritsOwner ? 0 : 1;
        for (var skipped = 0; skipped < 2 && type < _tokenCount && IsTtlOrClass(Token(type)); skipped++) type++;
        if (type + 3 >= _tokenCount || !Ascii.EqualsIgnoreCase(Token(type), "SOA"u8)) return false;
        (start, length) = _tokens[type + 3];
        return true;
    }

    private readonly ReadOnlySpan<byte> Token(int index) => _text.Slice(_tokens[index].Start, _tokens[index].Length);

    private static bool IsTtlOrClass(ReadOnlySpan<byte> token) =>
        token[0] is >= (byte)'0' and <= (byte)'9' || Ascii.EqualsIgnoreCase(token, "IN"u8) || Ascii.EqualsIgnoreCase(token, "CH"u8) ||
        Ascii.EqualsIgnoreCase(token, "HS"u8) || token.Length > 5 && Ascii.EqualsIgnoreCase(token[..5], "CLASS"u8);

    private void Interpret()
    {
        if (InheritsOwner)
        {
            HasOwner = _isOwnerKnown;
            return;
        }
        var first = Token(0);
        HasOwner = first[0] != (byte)'$';
        if (HasOwner)
        {
            HasOwner = _isOwnerKnown = Owner.TrySet(first, Origin);
        }
        else if (_tokenCount > 1 && Ascii.EqualsIgnoreCase(first, "$ORIGIN"u8))
        {
            var origin = new ZoneName();
            if (origin.TrySet(Token(1), Origin)) Origin.Set(origin);
        }
    }

    private void ReadTokens()
    {
        _tokenCount = 0;
        var depth = 0;
        while (_position < _text.Length)
        {
            switch (_text[_position])
            {
                case (byte)'\n':
                    _position++;
                    _nextLine++;
                    if (depth == 0) return;
                    break;
                case (byte)' ' or (byte)'\t' or (byte)'\r':
                    _position++;
                    break;
                case (byte)';':
                    var end = _text[_position..].IndexOf((byte)'\n');
                    _position = end < 0 ? _text.Length : _position + end;
                    break;
                case (byte)'(':
                    depth++;
                    _position++;
                    break;
                case (byte)')':
                    depth = Math.Max(0, depth - 1);
                    _position++;
                    break;
                default:
                    ReadToken();
                    break;
            }
        }
        IsOpen = depth > 0;
    }

    private void ReadToken()
    {
        var start = _position;
        var quoted = _text[_position] == (byte)'"';
        if (quoted) _position++;
        while (_position < _text.Length)
        {
            var value = _text[_position];
            // No server lets a quoted string run over the end of its line.
            if (value == (byte)'\n') break;
            if (!quoted && value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)';' or (byte)'(' or (byte)')' or (byte)'"') break;
            _position++;
            if (quoted && value == (byte)'"') break;
            if (value == (byte)'\\' && _position < _text.Length && _text[_position] != (byte)'\n') _position++;
        }
        if (_tokenCount < MaxTokens) _tokens[_tokenCount++] = (start, _position - start);
    }
}
