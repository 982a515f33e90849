using DnsTunnel.Packets;
using DnsTunnel.Queries;

namespace DnsTunnel.Dnstap;

/// <summary>
/// Makes DNS packets of the frames of one server. It may log a query several times: as its client asked it and as it asked others
/// itself. One viewpoint is taken, the nearest to those who ask that the stream has.
/// </summary>
/// <remarks>
/// Which one that is, is not known before it appears: messages of farther viewpoints are held for up to 10 s of their time. When a
/// nearer one appears later, it is taken from there on.
/// </remarks>
internal sealed class DnstapDecoder(TransactionTracker tracker, CaptureStatistics statistics)
{
    private const int MaxHeldBytes = 1 << 20;
    private const int Undecided = int.MaxValue;

    private static readonly long s_maxHeldTicks = TimeSpan.FromSeconds(10).Ticks;

    private readonly Queue<byte[]> _held = [];
    private int _heldBytes;
    private long _heldSince;
    private int _viewpoint = Undecided;
    private bool _hasQueries;
    private long _now;

    public void Decode(ReadOnlySpan<byte> frame)
    {
        statistics.Packets++;
        if (!DnstapMessage.TryRead(frame, out var message))
        {
            statistics.UnreadablePackets++;
            return;
        }
        var ticks = message.IsResponse ? message.ResponseTicks : message.QueryTicks;
        var viewpoint = Viewpoint(message.Type);
        if (viewpoint > 0 && viewpoint != Undecided && _viewpoint == Undecided)
        {
            Hold(frame, ticks);
            return;
        }
        if (viewpoint == 0) DropHeld();
        Take(message, viewpoint);
    }

    /// <summary>Goes on with what is held, as nothing nearer has appeared.</summary>
    public void Flush()
    {
        if (_held.Count == 0) return;
        var nearest = _held.Min(frame => DnstapMessage.TryRead(frame, out var message) ? Viewpoint(message.Type) : Undecided);
        _heldBytes = 0;
        _viewpoint = nearest;
        while (_held.TryDequeue(out var frame))
        {
            if (DnstapMessage.TryRead(frame, out var message)) Take(message, Viewpoint(message.Type));
        }
    }

    /// <summary>Lets time go on without messages, by the clock of the server.</summary>
    public void Wait(TimeSpan time)
    {
        Flush();
        _now += time.Ticks;
        if (_hasQueries) tracker.AdvanceTo(_now);
    }

    /// <summary>Emits all that waits; call at the end of a stream.</summary>
    public void Complete()
    {
        Flush();
        tracker.Complete();
    }

    /// <summary>
    /// How far a viewpoint is from those who ask. Client and authoritative are one: what a server is asked. BIND logs the query as
    /// AUTH_QUERY and, when it knows that it has no authority, the response as CLIENT_RESPONSE.
    /// </summary>
    private static int Viewpoint(DnstapType type) => type switch
    {
        DnstapType.ClientQuery or DnstapType.ClientResponse or DnstapType.AuthQuery or DnstapType.AuthResponse => 0,
        DnstapType.StubQuery or DnstapType.StubResponse or DnstapType.ToolQuery or DnstapType.ToolResponse => 1,
        DnstapType.ForwarderQuery or DnstapType.ForwarderResponse or DnstapType.ResolverQuery or DnstapType.ResolverResponse => 2,
        // Updates are no queries.
        _ => Undecided,
    };

    private void Hold(ReadOnlySpan<byte> frame, long ticks)
    {
        if (_held.Count == 0) _heldSince = ticks;
        _held.Enqueue(frame.ToArray());
        _heldBytes += frame.Length;
        if (_heldBytes > MaxHeldBytes || CaptureTime.AreApart(ticks, _heldSince, s_maxHeldTicks)) Flush();
    }

    private void DropHeld()
    {
        statistics.OtherViewpoints += _held.Count;
        _held.Clear();
        _heldBytes = 0;
    }

    private void Take(in DnstapMessage message, int viewpoint)
    {
        if (viewpoint == Undecided || viewpoint > _viewpoint)
        {
            statistics.OtherViewpoints++;
            return;
        }
        _viewpoint = viewpoint;
        _now = message.IsResponse ? message.ResponseTicks : message.QueryTicks;
        if (statistics.FirstSeen is null || message.QueryTicks < statistics.FirstSeen.Value.Ticks) statistics.FirstSeen = Time(message.QueryTicks);
        if (statistics.LastSeen is null || message.ResponseTicks > statistics.LastSeen.Value.Ticks) statistics.LastSeen = Time(message.ResponseTicks);
        // A response may have its query with it.
        if (!message.Query.IsEmpty) TakeQuery(message);
        if (!message.Response.IsEmpty) TakeResponse(message);
    }

    private void TakeQuery(in DnstapMessage message)
    {
        _hasQueries = true;
        tracker.OnPacket(new DnsPacket
        {
            Message = message.Query,
            Ticks = message.QueryTicks,
            Source = message.Client,
            Destination = message.Server,
            SourcePort = message.ClientPort,
            DestinationPort = message.ServerPort,
            Transport = message.Transport,
        });
    }

    /// <summary>Where a server logs responses only, they tell the queries.</summary>
    private void TakeResponse(in DnstapMessage message)
    {
        var packet = new DnsPacket
        {
            Message = message.Response,
            Ticks = _hasQueries ? message.ResponseTicks : message.QueryTicks,
            Source = message.Server,
            Destination = message.Client,
            SourcePort = message.ServerPort,
            DestinationPort = message.ClientPort,
            Transport = message.Transport,
        };
        if (_hasQueries) tracker.OnPacket(packet);
        else tracker.OnLoneResponse(packet);
    }

    private static DateTime Time(long ticks) => new(ticks, DateTimeKind.Utc);
}
