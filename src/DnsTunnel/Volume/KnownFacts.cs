using DnsTunnel.Names;

namespace DnsTunnel.Volume;

/// <summary>What a name in lower case adds to any summary whenever it is asked for: it need not be worked out for each client anew.</summary>
internal struct KnownFacts
{
    /// <summary>More make no entry.</summary>
    public const int MaxParents = 2;

    /// <summary>Of the name; 0 when nothing is known.</summary>
    public ulong Hash;

    /// <summary>Of the name, without the time.</summary>
    public NameFacts Facts;

    public KnownParent First;

    public KnownParent Second;

    /// <summary>Of the name.</summary>
    public byte Rank;

    public byte Parents;

    /// <summary>See <see cref="DomainSummary.NoteFreeName"/>.</summary>
    public bool IsFree;

    public void AddParent(in KnownParent parent)
    {
        if (Parents == 0) First = parent;
        else Second = parent;
        Parents++;
    }

    public readonly void AddTo(HeldSummary summary, in VolumeItem item, NameTraits traits)
    {
        var facts = Facts with { Ticks = item.Ticks, Traits = Facts.Traits | traits };
        summary.AddName(new NameKey(item.NameHash, Rank), item.Name, facts);
        if (IsFree) summary.NoteFreeName();
        if (Parents > 0) First.AddTo(summary, facts);
        if (Parents > 1) Second.AddTo(summary, facts);
    }
}
