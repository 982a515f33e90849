namespace DnsTunnel;

/// <summary>What one rule made of one labelled capture that was replayed in the order of time.</summary>
public sealed class DnsTunnelMeasurement
{
    /// <summary>The capture or log.</summary>
    public string Path { get; init; } = string.Empty;

    /// <summary>What the manifest says of it.</summary>
    public DnsTunnelLabel Label { get; init; }

    /// <summary>The tool that made the tunnel; null where there is none. Rates are taken by tool.</summary>
    public string? Tool { get; init; }

    /// <summary>The source or run that the capture belongs to.</summary>
    public string? Group { get; init; }

    /// <summary>The rate of the tunnel as the manifest writes it; null when it does not.</summary>
    public string? Rate { get; init; }

    /// <summary>How many bytes of payload the tunnel is known to have carried; null when that is not known.</summary>
    public long? PayloadBytes { get; init; }

    /// <summary>The registered domains of the tunnel.</summary>
    public string[] Domains { get; init; } = [];

    /// <summary>The rule.</summary>
    public string Rule { get; init; } = string.Empty;

    /// <summary>Whether the rule found a domain of the tunnel; null where there is no tunnel.</summary>
    public bool? Found { get; init; }

    /// <summary>
    /// The highest score of a domain of the tunnel at the end of the capture, 0 (under 1) to 100; null for rules without a score.
    /// </summary>
    public double? Score { get; init; }

    /// <summary>Queries for names of the tunnel before the one that it was first found by; null when it was not.</summary>
    public long? QueriesBefore { get; init; }

    /// <summary>Upper bound of the bytes in the distinct names of the tunnel that had passed by then; null when it was not found.</summary>
    public long? BytesBefore { get; init; }

    /// <summary>Seconds from the first query of the tunnel until then; null when it was not found.</summary>
    public double? SecondsBefore { get; init; }

    /// <summary>Queries for names of the tunnel in the whole capture.</summary>
    public long TunnelQueries { get; init; }

    /// <summary>Upper bound of the bytes in the distinct names of the tunnel in the whole capture.</summary>
    public long TunnelBytes { get; init; }

    /// <summary>Queries in the capture.</summary>
    public long QueryCount { get; init; }

    /// <summary>Time from the first query of the capture to the last.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How many domains the rule found that are no tunnel.</summary>
    public int FalseDomainCount => FalseDomains.Length;

    /// <summary>The domains that the rule found and that are no tunnel.</summary>
    public string[] FalseDomains { get; init; } = [];

    /// <summary>The domains that the rule found in a capture that nobody has judged.</summary>
    public string[] UnjudgedDomains { get; init; } = [];

    /// <summary>The duration, with each silence of more than an hour as an hour.</summary>
    internal long ActiveTicks { get; init; }

    /// <summary>How many domains of a labelled capture are no tunnel.</summary>
    internal int OtherDomainCount { get; init; }

    /// <summary>The scores of those of them that score at all.</summary>
    internal double[] OtherScores { get; init; } = [];
}
