using System.Text;

namespace DnsTunnel.Names;

/// <summary>Reads the text format of the public suffix list (https://github.com/publicsuffix/list/wiki/Format) into a tree, in one pass.</summary>
internal sealed class PublicSuffixListParser
{
    private const int MaxRuleLength = 253;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly SuffixTree _tree = new();
    private int _line;
    private int _sections;
    private int _openSections;
    private int _rules;
    private string? _version;

    /// <summary>Reads a list.</summary>
    /// <exception cref="InvalidDataException">It is not a public suffix list, or not a whole one.</exception>
    public static PublicSuffixList Parse(ReadOnlySpan<byte> utf8)
    {
        var parser = new PublicSuffixListParser();
        parser.ReadLines(utf8.StartsWith("\uFEFF"u8) ? utf8["\uFEFF"u8.Length..] : utf8);
        return new PublicSuffixList(parser._tree, parser._rules, parser._version);
    }

    private void ReadLines(ReadOnlySpan<byte> rest)
    {
        Span<byte> lower = stackalloc byte[MaxRuleLength];
        while (!rest.IsEmpty)
        {
            _line++;
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (line.StartsWith("//"u8))
            {
                ReadComment(line);
                continue;
            }

            // A rule ends at the first white space.
            var space = line.IndexOfAny(" \t\r"u8);
            if (space >= 0) line = line[..space];
            if (line.IsEmpty) continue;
            if (line.Length > lower.Length) throw Broken("a rule is too long");
            DnsName.ToLower(line, lower);
            AddRule(lower[..line.Length]);
        }
        // Without this check a saved error page would do as a list of its words.
        if (_sections == 0) throw Broken("it has no sections");
        if (_openSections != 0) throw Broken("a section does not end, the file was cut");
        if (_rules == 0) throw Broken("there is no rule in it");
    }

    private void ReadComment(ReadOnlySpan<byte> line)
    {
        var section = line.IndexOf("==="u8);
        if (section >= 0 && line[section..].StartsWith("===BEGIN "u8))
        {
            _sections++;
            _openSections++;
        }
        if (section >= 0 && line[section..].StartsWith("===END "u8)) _openSections--;
        if (line.StartsWith("// VERSION:"u8)) _version ??= Encoding.UTF8.GetString(line["// VERSION:"u8.Length..]).Trim();
    }

    private void AddRule(ReadOnlySpan<byte> rule)
    {
        var kind = SuffixRules.Suffix;
        if (rule[0] == (byte)'!')
        {
            kind = SuffixRules.Exception;
            rule = rule[1..];
        }
        else if (rule[0] == (byte)'*')
        {
            kind = SuffixRules.Wildcard;
            rule = rule[1..];
            if (rule.IsEmpty)
            {
                // The rule that holds anyway when no other does.
                _rules++;
                return;
            }
            if (rule[0] != (byte)'.') throw Broken("a wildcard is not a whole label");
            rule = rule[1..];
        }
        if (rule.Contains((byte)'*')) throw Broken("a wildcard is not the first label");

        if (!Ascii.IsValid(rule)) AddALabels(rule, kind);
        else if (!TryAdd(rule, kind)) throw Broken("a label is empty or too long");
        _rules++;
    }

    /// <summary>Resolvers see internationalised suffixes as A-labels; multicast DNS and careless clients send them in UTF-8 (RFC 6762, section 16).</summary>
    private void AddALabels(ReadOnlySpan<byte> rule, SuffixRules kind)
    {
        string text;
        try
        {
            text = s_utf8.GetString(rule);
        }
        catch (DecoderFallbackException)
        {
            throw Broken("a rule is not UTF-8");
        }

        if (Idna.ToAscii(text) is not { } ascii || !TryAdd(Encoding.ASCII.GetBytes(ascii), kind)) throw Broken("a rule has no A-label form");
        // A label that is too long in UTF-8 can not be on the wire.
        TryAdd(rule, kind);
    }

    private bool TryAdd(ReadOnlySpan<byte> rule, SuffixRules kind)
    {
        var node = SuffixTree.Root;
        while (true)
        {
            var dot = rule.LastIndexOf((byte)'.');
            var label = rule[(dot + 1)..];
            if (label.Length is 0 or > DnsName.MaxLabelLength) return false;
            node = _tree.GetOrAdd(node, label);
            if (dot < 0) break;
            rule = rule[..dot];
        }
        _tree.Mark(node, kind);
        return true;
    }

    private InvalidDataException Broken(string what) => new($"Not a public suffix list: {what} (line {_line}).");
}
