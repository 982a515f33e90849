using DnsTunnel.Volume;

namespace DnsTunnel.Measurement;

/// <summary>A query as a rule sees it.</summary>
internal readonly ref struct RuleQuery
{
    /// <summary>The time of the query, and what of the tunnel had passed before it.</summary>
    public required Moment Before { get; init; }

    /// <summary>A number from the client table of the replay.</summary>
    public required int Client { get; init; }

    /// <summary>The name in wire form and wire case.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The name in wire form and lower case.</summary>
    public required ReadOnlySpan<byte> Lower { get; init; }

    /// <summary>Of <see cref="Lower"/>.</summary>
    public required ulong Hash { get; init; }

    /// <summary>Where the registered domain starts in the name.</summary>
    public required int DomainOffset { get; init; }

    /// <summary>A number from the domain table of the replay.</summary>
    public required int Domain { get; init; }

    /// <summary>Whether the domain is labelled as that of the tunnel.</summary>
    public required bool IsTunnel { get; init; }

    public required ushort Type { get; init; }

    public required ushort ServerPort { get; init; }

    public required bool IsNxDomain { get; init; }

    public required int QuerySize { get; init; }

    public required int ResponseSize { get; init; }

    public AnswerData Answer { get; init; }

    public long Ticks => Before.Ticks;

    /// <summary>False for names that stand under the root; rules that count by registered domain do not see them.</summary>
    public bool HasDomain => DomainOffset < Lower.Length - 1;

    /// <summary>The length of the name as text, without a final dot.</summary>
    public int TextLength => Math.Max(1, Lower.Length - 2);
}
