using DnsTunnel.Generators.Benign;
using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Tunnels;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>Makes scenarios of tunnel runs, alone or in a benign day.</summary>
internal static class TunnelScenario
{
    public static Scenario Of(string path, Encoder encoder, Func<TunnelRun, TunnelRun>? change = null, double mixHours = 0, string note = "",
        Func<Random, IReadOnlyList<string>>? domains = null) =>
        new($"tunnel/{path}.pcap", log =>
        {
            var names = domains?.Invoke(log.Random) ?? Unlike(log.Random, encoder.Domains);
            var run = new TunnelRun(encoder) { Domains = names };
            run = change is null ? Vary(run, log.Random) : change(run);
            if (mixHours > 0) new OfficeDay(log, 4, mixHours, 4).Emit();
            var (payload, queries) = run.Emit(log);
            return new(encoder.Group, Notes(encoder, run, mixHours, note))
            {
                Domains = names,
                Tool = encoder.Tool,
                Rate = run.Rate ?? Speed(run, payload, log),
                PayloadBytes = payload,
                Queries = queries,
            };
        })
        {
            IsLong = mixHours > 0,
        };

    /// <summary>Names that have nothing in common.</summary>
    public static IReadOnlyList<string> Unlike(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => Words.Domain(random)).Distinct()];

    /// <summary>Names that one owner would register in a row.</summary>
    public static IReadOnlyList<string> Like(Random random, int count)
    {
        var stem = Words.Any(random) + "-" + Words.Any(random);
        return [.. Enumerable.Range(1, count).Select(i => $"{stem}{i}.com")];
    }

    /// <summary>Another seed is another user of the tool: more or less to send, faster or slower.</summary>
    private static TunnelRun Vary(TunnelRun run, Random random) => run with
    {
        Payload = (int)(run.Encoder.Payload * Math.Exp(random.NextDouble() - 0.5)),
        Slowness = Math.Exp(1.4 * (random.NextDouble() - 0.5)),
    };

    private static string Notes(Encoder encoder, TunnelRun run, double mixHours, string note)
    {
        var parts = new List<string> { encoder.Source };
        if (encoder.Variant.Length > 0) parts.Add(encoder.Variant);
        if (run.Rate is not null) parts.Add("re-timed");
        if (mixHours > 0) parts.Add($"in a benign day of {mixHours} h");
        if (note.Length > 0) parts.Add(note);
        return string.Join("; ", parts);
    }

    private static double? Speed(TunnelRun run, int payload, TrafficLog log)
    {
        var seconds = log.Exchanges[^1].Time - run.Start;
        return payload > 0 && seconds > 0 ? payload / seconds : null;
    }
}
