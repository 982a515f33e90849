using System.Globalization;
using DnsTunnel.Generators.Benign;
using DnsTunnel.Generators.Tunnels;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>
/// More tools and ordinary traffic that no model is trained on. Each tool comes at its own pace, by turns over several domains with little
/// on each, in few questions, and slowly in a day of others.
/// </summary>
internal static class SecondHeldOutScenarios
{
    private const double StartSeconds = 2 * 3600;
    private const double SlowSeconds = 20 * 3600;

    private static readonly int[] s_domains = [3, 5, 10];
    private static readonly int[] s_queriesADomain = [8, 6, 5];
    private static readonly double[] s_rates = [0.05, 0.3];

    public static IEnumerable<Scenario> All =>
        SecondMalware.All.Concat(SecondTools.All).SelectMany(Of).Concat(SecondNetworks.Classes.Concat(SecondServers.Classes).SelectMany(BenignScenarios.Of));

    private static IEnumerable<Scenario> Of(Encoder encoder, int number)
    {
        var (turn, name) = (number % 3, $"held-out-2/{encoder.Tool}");
        var rate = s_rates[number % 2];
        yield return TunnelScenario.Of(name, encoder);
        yield return Spread($"{name}-over-{s_domains[turn]}", encoder, s_domains[turn], run => Few(run, s_domains[turn] * s_queriesADomain[turn]));
        yield return TunnelScenario.Of($"{name}-few{(number % 2 == 0 ? "" : "-resolver")}", encoder, run => Few(run, 20 + (number * 7 % 40)) with { OutsideResolver = number % 2 != 0 });
        if (encoder.Worth == 0)
        {
            yield return TunnelScenario.Of($"{name}-slow-mixed", encoder, run => run with { Slowness = 200, Start = StartSeconds }, 24);
            yield break;
        }

        yield return TunnelScenario.Of($"{name}-{rate.ToString(CultureInfo.InvariantCulture)}Bps-mixed", encoder, run => Slow(run, rate), 24);
        if (turn == 0) yield return Spread($"{name}-over-5-0.3Bps-mixed", encoder, 5, run => Slow(run, 0.3), 24);
        if (turn == 1) yield return Spread($"{name}-over-10-0.05Bps-mixed", encoder, 10, run => Slow(run, 0.05), 24);
    }

    private static Scenario Spread(string name, Encoder encoder, int domains, Func<TunnelRun, TunnelRun> change, double mixHours = 0) =>
        TunnelScenario.Of(name, encoder, change, mixHours, $"over {domains} domains", random => TunnelScenario.Unlike(random, domains));

    private static TunnelRun Slow(TunnelRun run, double rate) => run with { Rate = rate, Payload = (int)(rate * SlowSeconds), Start = StartSeconds };

    /// <param name="run">Whole.</param>
    /// <param name="questions">Polls among them.</param>
    private static TunnelRun Few(TunnelRun run, int questions)
    {
        var encoder = run.Encoder;
        return run with { Questions = questions, Payload = Math.Max(1, (int)(questions * encoder.Worth / (encoder.Poll is null ? 1 : 1 + encoder.PollsPerData))) };
    }
}
