using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>An invented provider: a registered domain that no list knows, whose names have the same address.</summary>
internal sealed record Vendor(string Domain, uint Address, uint Ttl, bool HasVersion6)
{
    private static readonly uint[] s_ttls = [5, 30, 60, 60, 300, 3600];

    public static Vendor Any(Random random) => new(Words.Domain(random), Traffic.Address.Public(random), s_ttls[random.Next(s_ttls.Length)], random.Next(2) == 0);

    public static IEnumerable<Vendor> Some(Random random, int least, int most) => Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => Any(random));

    public Question Host(string labels, ushort type) => new($"{labels}.{Domain}", type, type switch
    {
        RecordType.A => Reply.Of(Record.A(Address, Ttl)),
        RecordType.Aaaa when HasVersion6 => Reply.Of(Record.Aaaa(Answers.Version6(Address), Ttl)),
        _ => Reply.NoData(Domain),
    });

    /// <summary>A program's questions for one host: A, and AAAA and HTTPS where the program asks for them.</summary>
    public void Ask(TrafficLog log, double time, int client, string labels, int types = 2)
    {
        log.Ask(time, client, Host(labels, RecordType.A));
        if (types > 1) log.Ask(time + 0.0005, client, Host(labels, RecordType.Aaaa));
        if (types > 2) log.Ask(time + 0.0007, client, Host(labels, RecordType.Https));
    }
}
