namespace DnsTunnel.Detection;

/// <summary>The properties that are measured; the names are those in a finding's Features and in model files.</summary>
internal enum TunnelFeatureKind
{
    /// <summary>Bytes that the new names can carry, those of ordinary words by half.</summary>
    InformationBytes,

    /// <summary>New names, or new answers where names get new ones each time.</summary>
    UniqueNames,

    /// <summary>Bits that a name carries on average, those of ordinary words by half.</summary>
    BitsPerName,

    /// <summary>Bytes of the new answers of types that carry data back.</summary>
    AnswerBytes,

    /// <summary>Share of names asked for with types that carry data back.</summary>
    CarrierTypeShare,

    /// <summary>Share of names that were asked for again later.</summary>
    ReusedShare,

    /// <summary>Names between the registered domain and the names, for each of these.</summary>
    ParentsPerName,

    /// <summary>Share of names of letters and digits at random, or of long numbers.</summary>
    RandomShare,

    /// <summary>Share of names of ordinary words that do not exist, as when names are guessed from a list.</summary>
    GuessedShare,

    /// <summary>Share of names of ordinary words asked for with A and with AAAA or HTTPS, as programs do that connect.</summary>
    VisitedShare,

    /// <summary>Share of names under a label of a service, as mail servers ask for of each sender.</summary>
    ServiceShare,

    /// <summary>Hours over which names were put together.</summary>
    TimescaleHours,

    /// <summary>Clients that asked the domain.</summary>
    ClientCount,

    /// <summary>Domains of the same client with like names that were put together.</summary>
    DomainCount,

    /// <summary>Other domains that the client asked for as many names, as crawlers and resolvers do.</summary>
    PeerCount,
}
