using System.Globalization;
using DnsTunnel.Names;

namespace DnsTunnel.Measurement;

/// <summary>
/// Reads a manifest: a header line, then one line a capture, columns parted by tabs and known by their names. path (from the folder of
/// the manifest) and label are needed; tunnel_domain is where the label begins with tunnel; tool, group, rate and payload_bytes may be
/// there; others are passed over. Without them, the tool is what follows the colon of a label "tunnel:TOOL …", or the beginning of
/// the name of the file, and the group is the folder.
/// </summary>
internal sealed class ManifestReader
{
    /// <summary>A list of captures is small; what is larger is none.</summary>
    private const long MaxLength = 1 << 26;

    private readonly string _folder;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private string[] _fields = [];
    private int _line = 1;

    private ManifestReader(string folder) => _folder = folder;

    /// <summary>Reads a manifest to its end.</summary>
    /// <exception cref="ManifestException">It is none, or a line of it is wrong.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static List<ManifestEntry> Read(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: > MaxLength }) throw new ManifestException("it is larger than 64 MiB, so it is not a list of captures");
        var reader = new ManifestReader(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using var lines = File.ReadLines(path).GetEnumerator();
        reader.ReadHeader(lines.MoveNext() ? lines.Current : string.Empty);
        var entries = new List<ManifestEntry>();
        for (; lines.MoveNext();)
        {
            reader._line++;
            if (!string.IsNullOrWhiteSpace(lines.Current)) entries.Add(reader.ReadEntry(lines.Current));
        }

        return entries;
    }

    private void ReadHeader(string line)
    {
        var names = line.Split('\t');
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Trim() is { Length: > 0 } name && !_columns.TryAdd(name, i)) throw Wrong(name, "it is there twice");
        }

        foreach (var needed in (string[])["path", "label"])
        {
            if (!_columns.ContainsKey(needed)) throw Wrong(needed, "it is missing from the header, whose names are parted by tabs");
        }
    }

    private ManifestEntry ReadEntry(string line)
    {
        _fields = line.Split('\t');
        var path = Field("path") ?? throw Wrong("path", "it is empty");
        if (path.Contains('\0', StringComparison.Ordinal)) throw Wrong("path", "it is not a path");
        var text = Field("label") ?? throw Wrong("label", "it is empty");
        var label = LabelOf(text);
        return new ManifestEntry
        {
            Path = Path.GetFullPath(Path.Combine(_folder, path)),
            Label = label,
            Domains = Domains(label),
            Tool = label == DnsTunnelLabel.Tunnel ? Field("tool") ?? ToolOf(text, path) : null,
            Group = Field("group") ?? Path.GetDirectoryName(path)?.Replace('\\', '/'),
            Rate = Field("rate"),
            PayloadBytes = PayloadBytes(),
        };
    }

    private static DnsTunnelLabel LabelOf(string text) =>
        text.StartsWith("tunnel", StringComparison.OrdinalIgnoreCase) ? DnsTunnelLabel.Tunnel
        : text.StartsWith("benign", StringComparison.OrdinalIgnoreCase) ? DnsTunnelLabel.Benign
        : DnsTunnelLabel.Unlabelled;

    private static string ToolOf(string label, string path)
    {
        var colon = label.IndexOf(':', StringComparison.Ordinal);
        var tool = colon < 0 ? string.Empty : label[(colon + 1)..].Trim().Split(' ')[0];
        return tool.Length > 0 ? tool : Path.GetFileName(path).Split('_', '-', '.')[0];
    }

    private string[] Domains(DnsTunnelLabel label)
    {
        var text = Field("tunnel_domain");
        // What a line that nobody has judged says of a tunnel is of no use.
        if (label == DnsTunnelLabel.Unlabelled) return [];
        if (label == DnsTunnelLabel.Tunnel && text is null) throw Wrong("tunnel_domain", "it is empty, and the label says that there is a tunnel");
        if (label == DnsTunnelLabel.Benign && text is not null) throw Wrong("tunnel_domain", "it names a domain, and the label says that there is no tunnel");
        return text is null ? [] : [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Registered).Distinct()];
    }

    private string Registered(string domain)
    {
        // Names without a registered domain stand under the root.
        if (domain == ".") return domain;
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        if (!DnsName.TryParse(domain, wire, out var length)) throw Wrong("tunnel_domain", $"'{Printable.Text(domain)}' is not a domain name");
        return PublicSuffixList.Default.Split(wire[..length]).RegisteredDomain
            ?? throw Wrong("tunnel_domain", $"'{Printable.Text(domain)}' is not below a public suffix, so nobody can hold it");
    }

    private long? PayloadBytes()
    {
        if (Field("payload_bytes") is not { } text) return null;
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
            ? bytes
            : throw Wrong("payload_bytes", $"'{Printable.Text(text)}' is not a whole number");
    }

    private string? Field(string column) =>
        _columns.TryGetValue(column, out var index) && index < _fields.Length && _fields[index].Trim() is { Length: > 0 } text ? text : null;

    private ManifestException Wrong(string column, string what) =>
        new(string.Create(CultureInfo.InvariantCulture, $"line {_line}, column {Printable.Text(column)}: {what}"));
}
