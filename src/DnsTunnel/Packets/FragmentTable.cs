using System.Buffers.Binary;

namespace DnsTunnel.Packets;

/// <summary>Puts IP fragments together. What it gives up is counted as incomplete.</summary>
internal sealed class FragmentTable(PortSet ports, CaptureStatistics statistics)
{
    /// <summary>Datagrams under way at a time; past it the oldest goes.</summary>
    public const int MaxDatagrams = 1024;

    /// <summary>Bytes held for them; past it the oldest goes.</summary>
    public const long MaxBytes = 16 << 20;

    /// <summary>A datagram has this long from its first fragment on, in capture time (RFC 791 has 15 s, RFC 8200 60 s; Linux 30 s).</summary>
    public const long Lifetime = 30 * TimeSpan.TicksPerSecond;

    /// <summary>Captures on several interfaces hold every fragment twice; the second copies come within this time.</summary>
    public const long DuplicateTime = TimeSpan.TicksPerSecond;

    private readonly AgingTable<FragmentKey, FragmentedDatagram> _datagrams = new();
    private readonly BufferBudget _budget = new(MaxBytes);
    private FragmentedDatagram? _delivered;
    private long _deliveredAt;

    public int Count => _datagrams.Count;

    public long HeldBytes => _budget.Held;

    /// <summary>Can the fragment be part of any datagram? All but the last hold multiples of eight bytes.</summary>
    public static bool IsValid(in IPPacket fragment)
    {
        var length = fragment.Payload.Length + fragment.Missing;
        return length > 0 && fragment.FragmentOffset + length <= ushort.MaxValue && (!fragment.MoreFragments || length % 8 == 0);
    }

    /// <summary>Takes a fragment; true when it made its datagram whole. The payload is valid until the next call.</summary>
    public bool TryComplete(in IPPacket fragment, long ticks, out byte protocol, out ReadOnlySpan<byte> payload)
    {
        protocol = 0;
        payload = default;
        Expire(ticks);
        if (!fragment.IsIPv6 && fragment.Protocol is not (IPProtocol.Udp or IPProtocol.Tcp)) return false;

        var datagram = Find(in fragment, ticks);
        if (fragment.FragmentOffset == 0) ReadFirst(datagram, in fragment, ticks);
        if (datagram.State == FragmentState.Dropped) statistics.IncompleteFragments++;
        if (datagram.State != FragmentState.Collecting) return false;

        if (fragment.Missing > 0) statistics.TruncatedPackets++;
        if (fragment.Missing > 0
            || !datagram.TryAdd(fragment.FragmentOffset, fragment.Payload, !fragment.MoreFragments, !fragment.IsIPv6))
        {
            // Dropped, and what is still to come of it as well (RFC 5722, section 4).
            GiveUp(datagram);
            return false;
        }

        if (datagram.IsWhole)
        {
            protocol = datagram.Protocol;
            payload = datagram.Payload;
            _delivered = datagram;
            _deliveredAt = ticks;
            return true;
        }

        while (_budget.IsExceeded) GiveUp(_datagrams.RemoveOldest());
        return false;
    }

    /// <summary>Gives up all that is still incomplete.</summary>
    public void Complete()
    {
        Release();
        while (_datagrams.Count > 0) GiveUp(_datagrams.RemoveOldest());
    }

    private FragmentedDatagram Find(in IPPacket fragment, long ticks)
    {
        var protocol = fragment.IsIPv6 ? (byte)0 : fragment.Protocol;
        var key = new FragmentKey(fragment.SourceAddress, fragment.DestinationAddress, protocol, fragment.FragmentId);
        if (_datagrams.TryGet(key, renew: false, out var datagram))
        {
            if (datagram.State != FragmentState.Done || !CaptureTime.AreApart(ticks, datagram.Ticks, DuplicateTime)) return datagram;
            _datagrams.Remove(key);
        }

        if (_datagrams.Count >= MaxDatagrams) GiveUp(_datagrams.RemoveOldest());
        datagram = new FragmentedDatagram(ticks, _budget);
        _datagrams.Add(key, datagram);
        return datagram;
    }

    /// <summary>The first fragment has the ports: large datagrams of other services need not be kept.</summary>
    private void ReadFirst(FragmentedDatagram datagram, in IPPacket fragment, long ticks)
    {
        var isTransport = fragment.Protocol is IPProtocol.Udp or IPProtocol.Tcp && fragment.Payload.Length >= 4;
        var isDns = isTransport
            ? ports.ContainsEither(BinaryPrimitives.ReadUInt16BigEndian(fragment.Payload), BinaryPrimitives.ReadUInt16BigEndian(fragment.Payload[2..]))
            : IPProtocol.LeadsToDns(fragment.Protocol);
        if (datagram.State == FragmentState.Collecting && !isDns) datagram.Close(FragmentState.Ignored, ticks);
        if (datagram.State == FragmentState.Ignored && isDns) datagram.Close(FragmentState.Collecting, ticks);
        datagram.Protocol = fragment.Protocol;
    }

    private void Expire(long ticks)
    {
        Release();
        while (_datagrams.TryPeekOldest(out var oldest) && CaptureTime.AreApart(ticks, oldest.Ticks, Lifetime))
            GiveUp(_datagrams.RemoveOldest());
    }

    private void Release()
    {
        _delivered?.Close(FragmentState.Done, _deliveredAt);
        _delivered = null;
    }

    private void GiveUp(FragmentedDatagram datagram)
    {
        statistics.IncompleteFragments += datagram.Count;
        datagram.Close(FragmentState.Dropped, datagram.Ticks);
    }
}
