namespace DnsTunnel.Generators.Wire;

/// <summary>Record types by their IANA names.</summary>
internal static class RecordType
{
    public const ushort A = 1;
    public const ushort Ns = 2;
    public const ushort Cname = 5;
    public const ushort Soa = 6;
    public const ushort Null = 10;
    public const ushort Ptr = 12;
    public const ushort Mx = 15;
    public const ushort Txt = 16;
    public const ushort Key = 25;
    public const ushort Aaaa = 28;
    public const ushort Srv = 33;
    public const ushort Naptr = 35;
    public const ushort Opt = 41;
    public const ushort Ds = 43;
    public const ushort Nsec = 47;
    public const ushort Dnskey = 48;
    public const ushort Tlsa = 52;
    public const ushort Https = 65;

    /// <summary>The first of the private range, which iodine tries first.</summary>
    public const ushort Private = 65399;
}
