namespace DnsTunnel.Detection;

/// <summary>The properties that are measured; the names are those in a finding's Features and in model files.</summary>
internal enum TunnelFeatureKind
{
    /// <summary>Bytes that the new names can carry.</summary>
    InformationBytes,

    /// <summary>New names.</summary>
    UniqueNames,

    /// <summary>Bits that a name carries on average.</summary>
    BitsPerName,

    /// <summary>Share of names asked for with types that carry data back.</summary>
    CarrierTypeShare,

    /// <summary>Share of names that were asked for again later.</summary>
    ReusedShare,

    /// <summary>Names between the registered domain and the names, for each of these.</summary>
    ParentsPerName,

    /// <summary>Share of names of letters and digits at random.</summary>
    RandomShare,

    /// <summary>Share of names of ordinary words that do not exist, as when names are guessed from a list.</summary>
    GuessedShare,

    /// <summary>Hours over which names were put together.</summary>
    TimescaleHours,

    /// <summary>Clients that asked the domain.</summary>
    ClientCount,

    /// <summary>Domains of the same client with like names that were put together.</summary>
    DomainCount,
}
