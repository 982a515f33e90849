namespace DnsTunnel;

/// <summary>All that the source of a finding tells about it. What others wrote (names, hosts, processes) stands in it escaped.</summary>
public sealed class DnsTunnelEvidence
{
    /// <summary>The registered domain of the finding.</summary>
    public string Domain { get; init; } = ".";

    /// <summary>More domains of the same finding.</summary>
    public string[] RelatedDomains { get; init; } = [];

    /// <summary>The zone in which nearly all names are: the registered domain, or one below it.</summary>
    public string Zone { get; init; } = ".";

    /// <summary>The client of the finding; null for all clients.</summary>
    public string? Client { get; init; }

    /// <summary>Whether the finding says that it is a tunnel.</summary>
    public bool IsTunnel { get; init; }

    /// <summary>The score of the finding; null when it has none.</summary>
    public double? Score { get; init; }

    /// <summary>The reasons of the finding.</summary>
    public string[] Reasons { get; init; } = [];

    /// <summary>The tool whose traits the names show; null when none.</summary>
    public string? Tool { get; init; }

    /// <summary>Transactions in the source.</summary>
    public long QueryCount { get; init; }

    /// <summary>When it was first asked for, UTC; null when the source has no query for it.</summary>
    public DateTime? FirstSeen { get; init; }

    /// <summary>When it was last asked for, UTC.</summary>
    public DateTime? LastSeen { get; init; }

    /// <summary>Volume by interval beside the other domains of the same traffic.</summary>
    public DnsTunnelEvidenceInterval[] Timeline { get; init; } = [];

    /// <summary>Who asked, most queries first, at most 50.</summary>
    public DnsTunnelTalker[] Talkers { get; init; } = [];

    /// <summary>Some of the names, evenly over time, with what they hold.</summary>
    public DnsTunnelSample[] Samples { get; init; } = [];

    /// <summary>What the names carried.</summary>
    public DnsTunnelPayload Payload { get; init; } = new();

    /// <summary>Transactions by type, most frequent first.</summary>
    public IReadOnlyDictionary<string, long> QueryTypes { get; init; } = new Dictionary<string, long>();

    /// <summary>Transactions by response code ("none" without a response), most frequent first.</summary>
    public IReadOnlyDictionary<string, long> ResponseCodes { get; init; } = new Dictionary<string, long>();

    /// <summary>Answers by how often they came, at most 20.</summary>
    public IReadOnlyDictionary<string, long> Answers { get; init; } = new Dictionary<string, long>();

    /// <summary>The addresses that answers pointed to, at most 50.</summary>
    public string[] AnswerAddresses { get; init; } = [];

    /// <summary>Whether anybody connected to these addresses, or why that is not known.</summary>
    public string Connections { get; init; } = "";

    /// <summary>Other domains that share a client or an address, findings first.</summary>
    public DnsTunnelRelation[] Relations { get; init; } = [];

    /// <summary>Classes of expected names that these may be of.</summary>
    public DnsTunnelExceptionMatch[] Exceptions { get; init; } = [];

    /// <summary>What the history knows of the domain; null when there is no history, or nothing in it.</summary>
    public DnsDomainHistory? History { get; init; }

    /// <summary>What its name servers say now; null when they were not asked.</summary>
    public DnsTunnelDelegation? Delegation { get; init; }

    /// <summary>Commands for what comes next, ready to paste; those that change something have -WhatIf.</summary>
    public string[] NextSteps { get; init; } = [];
}
