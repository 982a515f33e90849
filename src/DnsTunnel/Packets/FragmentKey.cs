namespace DnsTunnel.Packets;

/// <summary>
/// What the fragments of a datagram have in common: RFC 791, section 3.2, and RFC 8200, section 4.5, which leaves the
/// protocol out (it is 0 then).
/// </summary>
internal readonly record struct FragmentKey(HostAddress Source, HostAddress Destination, byte Protocol, uint Id)
{
    // The generated one adds the fields up: a sender could choose ids that all fall into one bucket.
    public override int GetHashCode() => HashCode.Combine(Source.Value, Destination.Value, Protocol, Id);
}
