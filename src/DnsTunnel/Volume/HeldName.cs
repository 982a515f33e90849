namespace DnsTunnel.Volume;

/// <summary>A name that a sketch holds.</summary>
/// <param name="Hash">Its identity, good in this process only.</param>
/// <param name="Facts">What is known of it.</param>
/// <param name="Span">Ticks from the first to the last query for it.</param>
/// <param name="Multiplicity">For how many names it stands.</param>
internal readonly record struct HeldName(ulong Hash, NameFacts Facts, long Span, long Multiplicity);
