using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Pieces that several benign classes share.</summary>
internal static class Shape
{
    private const string Hex = "0123456789abcdef";
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";
    private const string Alphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Times at random over the hours, in order.</summary>
    public static IEnumerable<double> Times(TrafficLog log, double hours, int count)
    {
        for (double i = 0, time = 0; i < count; i++)
        {
            time += -Math.Log(1 - log.Random.NextDouble()) * hours * 3600 / count;
            yield return time;
        }
    }

    /// <summary>A name at each time, asked by one of the clients.</summary>
    public static void Scatter(TrafficLog log, double hours, int count, int clients, Func<Random, Question> question)
    {
        foreach (var time in Times(log, hours, count)) log.Ask(time, log.Random.Next(clients), question(log.Random));
    }

    /// <summary>Hosts of which some are asked much more than others, with A and AAAA as programs ask.</summary>
    public static void Hosts(TrafficLog log, double hours, int count, int clients, int distinct, Func<Random, string> name)
    {
        var names = Enumerable.Range(0, distinct).Select(_ => name(log.Random)).ToArray();
        foreach (var time in Times(log, hours, count))
        {
            var host = names[(int)(distinct * Math.Pow(log.Random.NextDouble(), 2))];
            var client = log.Random.Next(clients);
            log.Ask(time, client, Answers.Host(host, RecordType.A));
            log.Ask(time + 0.0005, client, Answers.Host(host, RecordType.Aaaa));
        }
    }

    /// <summary>From a third to three times as many by the seed: networks differ more in size than in kind.</summary>
    public static int About(TrafficLog log, int count) => (int)(count * Math.Exp(1.1 * (2 * log.Random.NextDouble() - 1)));

    public static string HexText(Random random, int length) => Text(random, length, Hex);

    public static string Base32Text(Random random, int length) => Text(random, length, Base32);

    public static string AnyText(Random random, int length) => Text(random, length, Alphanumeric);

    public static string Guid(Random random)
    {
        var bytes = new byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes).ToString("D");
    }

    public static Reply Local(byte last = 2, uint ttl = 300) => Reply.Of(Record.A(0x7F000000u | last, ttl));

    private static string Text(Random random, int length, string alphabet) => new([.. Enumerable.Range(0, length).Select(_ => alphabet[random.Next(alphabet.Length)])]);
}
