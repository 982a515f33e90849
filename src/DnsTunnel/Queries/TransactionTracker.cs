using DnsTunnel.Names;
using DnsTunnel.Packets;
using DnsTunnel.Processes;
using DnsTunnel.Wire;

namespace DnsTunnel.Queries;

/// <summary>Pairs requests with responses. A request that is repeated while it waits, or shortly after its answer, is the same transaction.</summary>
internal sealed class TransactionTracker(ITransactionSink sink, CaptureStatistics statistics, IProcessFinder? processes = null) : IDnsPacketSink
{
    /// <summary>glibc sends again after 5 s, Windows within 10 s; both with the same id from the same port.</summary>
    private static readonly long s_timeout = TimeSpan.FromSeconds(10).Ticks;

    private readonly PendingRequests _pending = new();
    private readonly byte[] _name = new byte[DnsName.MaxWireLength];

    public void OnPacket(in DnsPacket packet)
    {
        Expire(packet.Ticks);
        var status = DnsMessage.TryRead(packet.Message, _name, out var message);
        if (status != DnsReadStatus.Ok)
        {
            statistics.CountMalformed(status);
            if (DnsMessage.LooksLikeRequest(packet.Message)) statistics.MalformedRequests++;
        }
        else if (message.IsResponse)
        {
            statistics.Responses++;
            OnResponse(packet, message);
        }
        else
        {
            statistics.Requests++;
            if (message.QuestionCount == 0) statistics.EmptyRequests++;
            else OnRequest(packet, message);
        }
    }

    /// <summary>Takes a response of a source that has no requests: it is a transaction by itself, at its time, of a request of unknown size.</summary>
    public void OnLoneResponse(in DnsPacket packet)
    {
        var status = DnsMessage.TryRead(packet.Message, _name, out var message);
        if (status != DnsReadStatus.Ok)
        {
            statistics.CountMalformed(status);
            return;
        }
        statistics.Responses++;
        if (!message.IsResponse || message.QuestionCount == 0)
        {
            statistics.UnmatchedResponses++;
            return;
        }
        statistics.LoneResponses++;
        sink.OnTransaction(new DnsTransaction
        {
            Ticks = packet.Ticks,
            Client = packet.Destination,
            Server = packet.Source,
            ClientPort = packet.DestinationPort,
            ServerPort = packet.SourcePort,
            Transport = packet.Transport,
            Id = message.Id,
            Name = message.QuestionName,
            NameHash = NameHash.OfAnyCase(message.QuestionName),
            Type = message.QuestionType,
            Class = message.QuestionClass,
            QuerySize = 0,
            ResponseCode = message.ResponseCode,
            ResponseSize = message.Length,
            AnswerCount = message.AnswerCount,
            Answers = message.Answers,
        });
    }

    /// <summary>Emits what waited too long at a time; for live sources, where time goes on without packets.</summary>
    public void AdvanceTo(long ticks) => Expire(ticks);

    /// <summary>Emits what still waits; call at the end of a source.</summary>
    public void Complete()
    {
        while (_pending.Count > 0) EmitOldest();
    }

    private void OnRequest(in DnsPacket packet, in DnsMessage message)
    {
        var key = RequestKey.OfRequest(packet, message);
        if (_pending.Find(key, message.QuestionName) >= 0)
        {
            statistics.Retransmissions++;
            return;
        }

        if (_pending.IsFull) EmitOldest();
        _pending.Add(key, packet, message, processes?.Find(packet.Transport, packet.Source, packet.SourcePort));
    }

    private void OnResponse(in DnsPacket packet, in DnsMessage message)
    {
        var key = RequestKey.OfResponse(packet, message);
        var index = _pending.Find(key, message.QuestionName);
        if (index < 0) index = _pending.Find(key.ToMulticast(), message.QuestionName);
        if (index < 0)
        {
            statistics.UnmatchedResponses++;
            return;
        }

        ref var request = ref _pending[index];
        if (request.IsAnswered) return;
        request.IsAnswered = true;
        sink.OnTransaction(Of(request, packet.Source) with
        {
            ResponseCode = message.ResponseCode,
            ResponseSize = message.Length,
            AnswerCount = message.AnswerCount,
            Answers = message.Answers,
        });
    }

    /// <summary>Time may jump either way; what is far from now is over.</summary>
    private void Expire(long now)
    {
        while (_pending.Count > 0 && Math.Abs(now - _pending.Oldest.Ticks) > s_timeout) EmitOldest();
    }

    private void EmitOldest()
    {
        ref var request = ref _pending.Oldest;
        if (!request.IsAnswered) sink.OnTransaction(Of(request, request.Server));
        _pending.RemoveOldest();
    }

    /// <summary>The transaction of a request, as long as it has no response.</summary>
    private DnsTransaction Of(in PendingRequest request, HostAddress server) => new()
    {
        Ticks = request.Ticks,
        Client = request.Key.Client,
        Server = server,
        ClientPort = request.Key.ClientPort,
        ServerPort = request.Key.ServerPort,
        Transport = request.Key.Transport,
        Id = request.Key.Id,
        Name = _pending.NameOf(request),
        NameHash = request.Key.Name,
        Type = request.Key.Type,
        Class = request.Class,
        QuerySize = request.Size,
        Process = request.Process,
        ResponseCode = DnsTransaction.NoResponse,
    };
}
