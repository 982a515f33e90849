using System.Globalization;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>What a capture holds, as a line of MANIFEST.tsv.</summary>
internal sealed record ManifestLine(string Group, string Notes)
{
    public const string Header = "path\tlabel\ttunnel_domain\ttool\tgroup\trate\tpayload_bytes\tdns_queries\tnotes";

    /// <summary>The registered domains of the tunnel; "." when its names share none. Empty for benign traffic.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    public string Tool { get; init; } = "";

    /// <summary>For the hardest of benign traffic, that nothing but its owner can tell from a tunnel: it is measured and not trained on.</summary>
    public bool IsStress { get; init; }

    private string Label => IsStress ? "stress" : Domains.Count > 0 ? "tunnel" : "benign";

    /// <summary>Payload bytes a second, over all of the transfer.</summary>
    public double? Rate { get; init; }

    public int? PayloadBytes { get; init; }

    /// <summary>Those of the tunnel, or all in benign traffic.</summary>
    public int Queries { get; init; }

    public string ToText(string path) => string.Join('\t', path, Label, string.Join(',', Domains), Tool, Group,
        Rate?.ToString("0.###", CultureInfo.InvariantCulture), PayloadBytes?.ToString(CultureInfo.InvariantCulture),
        Queries.ToString(CultureInfo.InvariantCulture), Notes);
}
