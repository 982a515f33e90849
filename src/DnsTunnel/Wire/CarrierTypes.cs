namespace DnsTunnel.Wire;

/// <summary>Record types that carry free bytes back and that hosts hardly ask for on their own.</summary>
internal static class CarrierTypes
{
    /// <summary>This one and those above have no meaning that hosts know.</summary>
    public const ushort FirstUnassigned = 262;

    /// <summary>Those that are assigned.</summary>
    public static IEnumerable<ushort> Assigned => Enumerable.Range(0, FirstUnassigned).Select(t => (ushort)t).Where(Contains);

    public static bool Contains(ushort type) => type
        is DnsTypes.Null or DnsTypes.Txt or DnsTypes.Key or DnsTypes.Cname or DnsTypes.Mx or DnsTypes.Srv or DnsTypes.Any
        or >= FirstUnassigned;
}
