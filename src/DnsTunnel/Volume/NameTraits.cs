namespace DnsTunnel.Volume;

/// <summary>What was true of at least one query for a name.</summary>
[Flags]
internal enum NameTraits : ushort
{
    None = 0,

    /// <summary>It was asked for with a type that carries data back (<see cref="Wire.CarrierTypes"/>).</summary>
    CarrierType = 1,

    /// <summary>It was answered NXDOMAIN.</summary>
    NxDomain = 2,

    /// <summary>It is a name between a registered domain and names that were asked for.</summary>
    Parent = 4,

    /// <summary>Its labels are those of an IP address (<see cref="Names.AddressLabels"/>).</summary>
    Address = 8,

    /// <summary>Left of its registered domain stands another domain name, as in questions to block lists and with search lists.</summary>
    Nested = 16,

    /// <summary>It is no name but what the first labels of some begin with (<see cref="LabelPrefix"/>).</summary>
    Prefix = 32,

    /// <summary>It stands under a label such as _domainkey (RFC 8552), which every domain has the same.</summary>
    Service = 64,

    /// <summary>It is the name of an IPv6 address under ip6.arpa, whole or in part.</summary>
    Reverse = 128,

    /// <summary>It was asked for with A.</summary>
    Address4 = 256,

    /// <summary>It was asked for with AAAA or HTTPS, which programs that connect ask for besides A (RFC 8305, RFC 9460).</summary>
    Companion = 512,

    /// <summary>Its first label has a <see cref="LabelPrefix"/>.</summary>
    Prefixed = 1024,

    /// <summary>It is no name but what came back for one (<see cref="AnswerData"/>).</summary>
    Answer = 2048,
}
