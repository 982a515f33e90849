namespace DnsTunnel.Wire;

/// <summary>Record types that carry free bytes back and that hosts hardly ask for on their own.</summary>
internal static class CarrierTypes
{
    private const int FirstUnassigned = 262;

    public static bool Contains(ushort type) => type
        is DnsTypes.Null or DnsTypes.Txt or DnsTypes.Key or DnsTypes.Cname or DnsTypes.Mx or DnsTypes.Srv or DnsTypes.Any
        or >= FirstUnassigned;
}
