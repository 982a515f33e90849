namespace DnsTunnel.Volume;

/// <summary>What was found out of a name when it came last.</summary>
internal struct KnownName
{
    /// <summary>Of the name, letter case ignored.</summary>
    public ulong Hash;

    /// <summary>A number from <see cref="DomainTable"/>.</summary>
    public int Domain;

    /// <summary>Where its registered domain begins.</summary>
    public byte DomainOffset;
}
