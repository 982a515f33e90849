namespace DnsTunnel.Names;

/// <summary>
/// The public suffix list (https://publicsuffix.org/list/): where names are registered, and so which part of a name one owner holds.
/// Both of its sections count, the registries' and the private one.
/// </summary>
internal sealed class PublicSuffixList
{
    private const string FileName = "public_suffix_list.dat";
    private const string Remedy = "Reinstall the DnsTunnel module, or put https://publicsuffix.org/list/public_suffix_list.dat there.";

    // PublicationOnly: a failure is not kept, so that the session goes on once the file is back.
    private static readonly Lazy<PublicSuffixList> s_default = new(() => Load(DataFile.PathOf(FileName)), LazyThreadSafetyMode.PublicationOnly);

    private readonly SuffixTree _tree;

    internal PublicSuffixList(SuffixTree tree, int ruleCount, string? version)
    {
        _tree = tree;
        RuleCount = ruleCount;
        Version = version;
    }

    /// <summary>The list that comes with the module, loaded at first use.</summary>
    /// <exception cref="FileNotFoundException">It is missing.</exception>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static PublicSuffixList Default => s_default.Value;

    /// <summary>The version that the list gives of itself, or null.</summary>
    public string? Version { get; }

    /// <summary>The number of rules in the file.</summary>
    public int RuleCount { get; }

    /// <summary>Reads a list from a file in the published format.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is not a public suffix list, or not a whole one.</exception>
    public static PublicSuffixList Load(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"The public suffix list '{path}' is missing. {Remedy}", path, exception);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"The public suffix list '{path}' is broken. {exception.Message} {Remedy}", exception);
        }
    }

    /// <summary>Reads a list in the published format.</summary>
    /// <exception cref="InvalidDataException">It is not a public suffix list, or not a whole one.</exception>
    public static PublicSuffixList Parse(ReadOnlySpan<byte> utf8) => PublicSuffixListParser.Parse(utf8);

    /// <summary>
    /// Where the registered domain (public suffix and one label more) starts in a name in wire form and lower case, in bytes; -1 for
    /// names without one: public suffixes, single labels, the root, and what is no valid name.
    /// </summary>
    public int RegisteredDomainOffset(ReadOnlySpan<byte> lowerWire)
    {
        // 255 bytes hold at most 127 labels, and every offset fits a byte.
        Span<byte> starts = stackalloc byte[DnsName.MaxWireLength / 2 + 1];
        var count = 0;
        for (var position = 0; position < lowerWire.Length && lowerWire[position] != 0;)
        {
            var next = position + 1 + lowerWire[position];
            if (lowerWire[position] > DnsName.MaxLabelLength || next > lowerWire.Length || next >= DnsName.MaxWireLength) return -1;
            starts[count++] = (byte)position;
            position = next;
        }

        if (count == 0 || !IsTopLevel(lowerWire.Slice(starts[count - 1] + 1, lowerWire[starts[count - 1]]))) return -1;
        var registered = count - 1 - SuffixLabels(lowerWire, starts[..count]);
        return registered < 0 ? -1 : starts[registered];
    }

    /// <summary>Whether the list has names under a top-level domain.</summary>
    public bool HasTopLevel(ReadOnlySpan<byte> lowerLabel) => _tree.Find(SuffixTree.Root, lowerLabel) >= 0;

    /// <summary>
    /// The registered domain of a name in wire form, in lower case, and the labels before it, in the case of the wire; both as text, null
    /// where there is none.
    /// </summary>
    public (string? RegisteredDomain, string? Subdomain) Split(ReadOnlySpan<byte> wire)
    {
        Span<byte> lower = stackalloc byte[DnsName.MaxWireLength];
        if (wire.Length > lower.Length) wire = wire[..lower.Length];
        lower = lower[..wire.Length];
        DnsName.ToLower(wire, lower);
        return RegisteredDomainOffset(lower) switch
        {
            < 0 => (null, null),
            0 => (DnsName.ToText(lower), null),
            var offset => (DnsName.ToText(lower[offset..]), DnsName.ToText(wire[..offset])),
        };
    }

    /// <summary>The same for a name whose text is known: what is plain is taken from there.</summary>
    public (string? RegisteredDomain, string? Subdomain) Split(ReadOnlySpan<byte> wire, string text)
    {
        if (wire.Length > DnsName.MaxWireLength || text.Contains('\\', StringComparison.Ordinal)) return Split(wire);
        Span<byte> lower = stackalloc byte[DnsName.MaxWireLength];
        lower = lower[..wire.Length];
        DnsName.ToLower(wire, lower);
        var offset = RegisteredDomainOffset(lower);
        if (offset < 0) return (null, null);
        // Dots stand where the lengths are, so a label begins in the text where its length is in the wire form.
        var isLower = wire[offset..].SequenceEqual(lower[offset..]);
        return (isLower ? text[offset..] : DnsName.ToText(lower[offset..]), offset == 0 ? null : text[..(offset - 1)]);
    }

    /// <summary>
    /// Top-level domains have no digits, but for A-labels (RFC 3696, section 2). Without this, each name of a tunnel that asks its
    /// server directly and has no domain (dnscat2: dnscat.HEX.HEX) would be a domain of its own.
    /// </summary>
    private static bool IsTopLevel(ReadOnlySpan<byte> lowerLabel) =>
        lowerLabel.StartsWith("xn--"u8) || !lowerLabel.ContainsAnyInRange((byte)'0', (byte)'9');

    /// <summary>How many labels the public suffix has: the longest matching rule, unless an exception matches, and one when no rule does.</summary>
    private int SuffixLabels(ReadOnlySpan<byte> name, ReadOnlySpan<byte> starts)
    {
        var tree = _tree;
        var (node, rules, labels) = (SuffixTree.Root, SuffixRules.Parent, 1);
        for (var depth = 1; depth <= starts.Length; depth++)
        {
            if ((rules & SuffixRules.Wildcard) != 0) labels = depth;
            if ((rules & SuffixRules.Parent) == 0) break;

            var start = starts[^depth];
            node = tree.Find(node, name.Slice(start + 1, name[start]));
            if (node < 0) break;
            rules = tree[node];
            if ((rules & SuffixRules.Exception) != 0) return depth - 1;
            if ((rules & SuffixRules.Suffix) != 0) labels = depth;
        }
        return labels;
    }
}
