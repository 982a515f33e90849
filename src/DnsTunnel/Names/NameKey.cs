namespace DnsTunnel.Names;

/// <summary>Identifies a name, letter case ignored.</summary>
/// <param name="Hash">
/// Its identity. Seeded at random a process: names are written by attackers, and unseeded XxHash3 has collisions for the asking.
/// </param>
/// <param name="Rank">
/// Leading zero bits of an unseeded hash. Samples are taken by it, so that they are the same in every run; who makes names of one
/// rank makes samples wrong, but not before they are large.
/// </param>
internal readonly record struct NameKey(ulong Hash, byte Rank);
