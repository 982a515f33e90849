namespace DnsTunnel.Tools;

/// <summary>How the names of a tool differ from those of others.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Description">What its names have.</param>
/// <param name="IsStrong">Whether one name tells the tool; otherwise most names must have it.</param>
/// <param name="Matches">Tells whether a name has it.</param>
internal sealed record ToolTrait(string Tool, string Description, bool IsStrong, TraitPredicate Matches)
{
    /// <summary>
    /// Whether it is one of two that names with a random number have by halves. Names must show both: those that begin with a constant
    /// or a counter show one.
    /// </summary>
    public bool IsHalf { get; init; }

    /// <summary>Registered domains under which ordinary names have it.</summary>
    public string[] NotUnder { get; init; } = [];
}
