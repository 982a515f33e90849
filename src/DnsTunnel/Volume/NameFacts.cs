namespace DnsTunnel.Volume;

/// <summary>What is kept of one distinct name.</summary>
internal readonly record struct NameFacts
{
    /// <summary>When it was first asked for, in ticks, UTC.</summary>
    public long Ticks { get; init; }

    /// <summary>What its first label is, to be compared with others (<see cref="LabelValue"/>).</summary>
    public ulong Value { get; init; }

    /// <summary>What its first label can carry, by <see cref="LabelCode"/>.</summary>
    public ushort Cost { get; init; }

    public NameTraits Traits { get; init; }

    /// <summary>Bytes of its subdomain part.</summary>
    public byte Bytes { get; init; }

    /// <summary>How its labels are made; see <see cref="NameShape"/>.</summary>
    public byte Shape { get; init; }

    /// <summary>The number of the trait that tells a tool (<see cref="Tools.ToolTraits"/>); 0 for none.</summary>
    public byte Tool { get; init; }

    /// <summary>One more than the number of the exception that covers it among those of its domain; 0 for none.</summary>
    public byte Exception { get; init; }

    /// <summary>The same name asked again: the earlier time, the larger of what differs.</summary>
    public NameFacts With(in NameFacts other) => new()
    {
        Ticks = Math.Min(Ticks, other.Ticks),
        Value = Math.Max(Value, other.Value),
        Bytes = Math.Max(Bytes, other.Bytes),
        Cost = Math.Max(Cost, other.Cost),
        Traits = Traits | other.Traits,
        Shape = Math.Max(Shape, other.Shape),
        Tool = Math.Max(Tool, other.Tool),
        Exception = Math.Max(Exception, other.Exception),
    };
}
