using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Traffic;

/// <summary>The exchanges of one capture, gathered in any order.</summary>
internal sealed class TrafficLog(Random random)
{
    private const ushort DnsPort = 53;
    private const ushort MulticastPort = 5353;
    private const double MeanDelay = 0.025;

    private readonly List<Exchange> _exchanges = [];

    public Random Random { get; } = random;

    public IReadOnlyList<Exchange> Exchanges => _exchanges;

    /// <summary>A client asks the network's resolver.</summary>
    public void Ask(double time, int client, Question question, ushort ednsSize = 0) =>
        Ask(time, Address.Client(client), Address.Resolver, question, ednsSize);

    public void Ask(double time, int client, string name, ushort type, Reply reply) => Ask(time, client, new Question(name, type, reply));

    public void Ask(double time, uint client, uint server, Question question, ushort ednsSize = 0, ushort port = 0)
    {
        if (port == 0) port = (ushort)Random.Next(20000, 65000);
        var delay = 0.001 - Math.Log(1 - Random.NextDouble()) * MeanDelay;
        Add(new(time, question, client, server, port, DnsPort, (ushort)Random.Next(65536), ednsSize, delay));
    }

    /// <summary>Multicast DNS: both ports 5353, id 0, and the answer goes to the group (RFC 6762 sections 6 and 18.1).</summary>
    public void AskMulticast(double time, int client, Question question) =>
        Add(new(time, question, Address.Client(client), Address.MulticastDns, MulticastPort, MulticastPort, 0, 0, 0.05));

    private void Add(in Exchange exchange) => _exchanges.Add(exchange);
}
