namespace DnsTunnel;

/// <summary>What one rule made of all labelled captures.</summary>
public sealed class DnsTunnelMeasurementSummary
{
    /// <summary>The rule.</summary>
    public string Rule { get; init; } = string.Empty;

    /// <summary>Captures with a tunnel.</summary>
    public int TunnelCaptures { get; init; }

    /// <summary>Those in which it was found.</summary>
    public int FoundCaptures { get; init; }

    /// <summary>The mean over tools of the share of captures found, 0 to 1, so that a tool with many captures counts no more than others.</summary>
    public double FoundRate { get; init; }

    /// <summary>The share found, 0 to 1, by tool.</summary>
    public IReadOnlyDictionary<string, double> FoundRates { get; init; } = new Dictionary<string, double>();

    /// <summary>Domains found that are no tunnel, each once a capture; those in captures with a tunnel count too.</summary>
    public int FalseDomainCount { get; init; }

    /// <summary>Captures without a tunnel.</summary>
    public int BenignCaptures { get; init; }

    /// <summary>Queries in the captures without a tunnel.</summary>
    public long BenignQueries { get; init; }

    /// <summary>The length of the captures without a tunnel, added up; each silence of more than an hour counts as an hour.</summary>
    public TimeSpan BenignDuration { get; init; }

    /// <summary>False domains in a million queries of the captures without a tunnel; NaN when they hold none.</summary>
    public double FalsePerMillionQueries { get; init; }

    /// <summary>False domains in a week of the captures without a tunnel; NaN when they have no length.</summary>
    public double FalsePerWeek { get; init; }

    /// <summary>Median over the captures found of the queries that had passed; null when none was.</summary>
    public double? MedianQueriesBefore { get; init; }

    /// <summary>Median over the captures found of the bytes that had passed, an upper bound; null when none was.</summary>
    public double? MedianBytesBefore { get; init; }

    /// <summary>Median over the captures found of the seconds that had passed; null when none was.</summary>
    public double? MedianSecondsBefore { get; init; }

    /// <summary>What other thresholds would have found at the end of the captures; empty for rules without a score.</summary>
    public DnsTunnelRocPoint[] Roc { get; init; } = [];
}
