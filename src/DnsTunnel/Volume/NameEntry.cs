using System.Runtime.InteropServices;

namespace DnsTunnel.Volume;

/// <summary>A distinct name, or what counts like one, that a summary holds.</summary>
/// <param name="Hash">Of the name; 0 marks a free place, so that a hash of 0 stands as 1.</param>
/// <param name="Facts">Of the name.</param>
/// <param name="Rank">Decides whether it stays in a sample.</param>
[StructLayout(LayoutKind.Auto)]
internal record struct NameEntry(ulong Hash, NameFacts Facts, byte Rank)
{
    private const uint TicksPerUnit = (uint)(TimeSpan.TicksPerSecond / 10);

    /// <summary>Names between, beginnings and answers are counted apart from names, also where they are the same.</summary>
    private const NameTraits Kinds = NameTraits.Parent | NameTraits.Prefix | NameTraits.Answer;

    /// <summary>From the first to the last query for it, in tenths of a second.</summary>
    private uint _span;

    /// <summary>Ticks from the first to the last query for it.</summary>
    public readonly long Span => _span * (long)TicksPerUnit;

    /// <summary>Whether it is a name that was asked for.</summary>
    public readonly bool IsName => (Facts.Traits & Kinds) == 0;

    public readonly bool IsAnswer => (Facts.Traits & NameTraits.Answer) != 0;

    public readonly SummaryWeight Weight => new(IsName ? 1 : 0, IsAnswer ? 0 : Facts.Cost, IsAnswer ? 1 : 0, Clients: 0);

    private readonly long Last => Facts.Ticks + Span;

    public static ulong NotZero(ulong hash) => Math.Max(hash, 1);

    /// <summary>Whether both are kept in one sketch, where their hashes tell them apart.</summary>
    public static bool AreAlike(NameTraits one, NameTraits other) => SketchOf(one) == SketchOf(other);

    /// <param name="multiplicity">For how many names it stands.</param>
    public readonly HeldName ToHeldName(long multiplicity = 1) => new(Hash, Facts, Span, multiplicity);

    /// <summary>The same one, seen again.</summary>
    public readonly NameEntry With(in NameEntry other)
    {
        var joined = this with { Facts = Facts.With(other.Facts) };
        var last = Math.Max(Last, other.Last);
        joined._span = Units(last - joined.Facts.Ticks);
        return joined;
    }

    /// <summary>Notes another query for it.</summary>
    public void Note(long ticks, NameTraits traits)
    {
        var last = Math.Max(Last, ticks);
        Facts = Facts with { Ticks = Math.Min(Facts.Ticks, ticks), Traits = Facts.Traits | traits };
        _span = Units(last - Facts.Ticks);
    }

    private static NameTraits SketchOf(NameTraits traits) => (traits & NameTraits.Prefix) != 0 ? NameTraits.Parent : traits & Kinds;

    private static uint Units(long ticks) => (uint)Math.Min(ticks / TicksPerUnit, uint.MaxValue);
}
