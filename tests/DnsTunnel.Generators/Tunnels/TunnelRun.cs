using System.Text;
using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>One transfer through an encoder: what it sends, how fast, over which domains, from where.</summary>
internal sealed record TunnelRun(Encoder Encoder)
{
    private const double OpeningGap = 0.08;
    private const ushort ResolverEdnsSize = 1232;

    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Seconds from the start of the capture.</summary>
    public double Start { get; init; } = 5;

    /// <summary>Payload bytes a second; null for the encoder's own pace.</summary>
    public double? Rate { get; init; }

    public int? Payload { get; init; }

    /// <summary>How many there are when no payload leaves.</summary>
    public int Questions { get; init; } = 160;

    /// <summary>How much slower than the encoder's own pace.</summary>
    public double Slowness { get; init; } = 1;

    /// <summary>Another shape of time at the same mean.</summary>
    public Timing? Pace { get; init; }

    public int FirstClient { get; init; } = 2;

    public int Clients { get; init; } = 1;

    /// <summary>How often each question is asked.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>Takes the place of the encoder's own answers, by domain.</summary>
    public Func<string, Reply>? Answer { get; init; }

    /// <summary>Seen outside a resolver: its addresses, EDNS, and random case (draft-vixie-dnsext-dns0x20).</summary>
    public bool OutsideResolver { get; init; }

    /// <summary>Adds the exchanges and gives the payload bytes that left and the number of questions.</summary>
    public (int Payload, int Queries) Emit(TrafficLog log)
    {
        var random = log.Random;
        var payload = Payload ?? Encoder.Payload;
        var count = Encoder.Worth == 0 ? Questions : Math.Max(1, (int)Math.Round(payload / Encoder.Worth));
        var before = log.Exchanges.Count;
        var polls = Encoder.Poll is null ? 0 : Encoder.PollsPerData;
        var pace = Pace ?? Encoder.Pace;
        pace = pace.At(Rate is { } rate ? Encoder.Worth / rate / (1 + polls) : Encoder.Pace.Mean * Slowness);
        var sessions = Enumerable.Range(0, Clients).Select(_ => new Session(random, Encoder.Zone + Domains[0])).ToArray();
        var port = Encoder.KeepsPort && !OutsideResolver ? (ushort)random.Next(20000, 65000) : (ushort)0;
        var time = Start;
        foreach (var session in sessions)
        {
            foreach (var question in Encoder.Open(session)) Ask(log, time += OpeningGap, session, FirstClient, question, port);
        }
        for (var i = 0; i < count; i++)
        {
            var client = i % Clients;
            var session = sessions[client];
            session.Domain = Encoder.Zone + Domains[i % Domains.Count];
            session.Sequence = i;
            var question = Encoder.Data(session, Chunk(session, i));
            for (var turn = 0; turn < Repeats; turn++) Ask(log, time + turn * 0.9, session, FirstClient + client, question, port);
            time += pace.Next(random);
            for (var poll = 0; poll < polls; poll++, time += pace.Next(random)) Ask(log, time, session, FirstClient + client, Encoder.Poll!(session), port);
        }
        return ((int)(count * Encoder.Worth), log.Exchanges.Count - before);
    }

    private void Ask(TrafficLog log, double time, Session session, int client, Question question, ushort port)
    {
        if (Answer is not null) question = question with { Reply = Answer(session.Domain) };
        if (!OutsideResolver)
        {
            log.Ask(time, Address.Client(client), Address.Resolver, question, Encoder.EdnsSize, port);
            return;
        }
        question = question with { Name = RandomCase(question.Name, log.Random) };
        log.Ask(time, Address.Egress(log.Random.Next(2)), Address.Authority, question, ResolverEdnsSize);
    }

    private static string RandomCase(string name, Random random) =>
        string.Create(name.Length, (name, random), static (text, state) =>
        {
            for (var i = 0; i < text.Length; i++) text[i] = state.random.Next(2) == 0 ? char.ToUpperInvariant(state.name[i]) : state.name[i];
        });

    private byte[] Chunk(Session session, int index)
    {
        if (!Encoder.SendsPlainText) return session.Bytes(Encoder.ChunkSize);
        var text = new StringBuilder();
        // The lines of a table run over the edges of the chunks.
        for (var line = index * Encoder.ChunkSize / 32; text.Length < Encoder.ChunkSize + 32; line++)
        {
            text.Append($"{line:d5};{Words.Any(session.Random)}.{Words.Any(session.Random)}@example.org;{session.Random.Next(100, 9999)}\n");
        }
        return Encoding.ASCII.GetBytes(text.ToString(index % 7, Encoder.ChunkSize));
    }
}
