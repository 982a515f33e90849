using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Tunnels;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>Runs arranged so that one usual sign of a tunnel is missing.</summary>
internal static class AdversarialScenarios
{
    private static readonly Encoder s_hex = Adversarial.Hex("32-hex", 16);

    public static IEnumerable<Scenario> All =>
    [
        Of("tinylabels", Adversarial.TinyLabels),
        Of("tinylabels-mixed", Adversarial.TinyLabels, run => run with { Start = 33000, Rate = 0.7, Payload = 5000 }, 24),
        Of("lowentropy", Adversarial.LowEntropy),
        Of("lowentropy-throttled", Adversarial.LowEntropy, run => run with { Pace = Timing.Jittered(1, 0.5), Rate = 0.28, Payload = 3000 }),
        Of("typecoded", Adversarial.TypeCoded),
        Of("timingcoded", Adversarial.TimingCoded),
        Of("casecoded", Adversarial.CaseCoded),
        Of("jitter-exponential", s_hex, run => run with { Pace = Timing.Exponential(1), Rate = 2, Payload = 4000 }),
        Of("jitter-bursts", s_hex, run => run with { Pace = Timing.Bursts(1, 12), Rate = 1, Payload = 6000 }),
        Of("domains-like-3", s_hex, run => run with { Payload = 16 * 3 * 15, Rate = 4 }, domains: random => TunnelScenario.Like(random, 3)),
        Of("domains-unlike-5", s_hex, run => run with { Payload = 16 * 5 * 10, Rate = 4 }, domains: random => TunnelScenario.Unlike(random, 5)),
        Of("domains-like-10", s_hex, run => run with { Payload = 16 * 10 * 8, Rate = 1 }, domains: random => TunnelScenario.Like(random, 10)),
        Of("domains-unlike-10-mixed", s_hex, run => run with { Payload = 16 * 10 * 8, Rate = 1, Start = 36000 }, 24, random => TunnelScenario.Unlike(random, 10)),
        Of("domains-words-8", Exfiltrators.WordCoded, run => run with { Payload = 4 * 8 * 14, Rate = 1 }, domains: random => TunnelScenario.Unlike(random, 8)),
        Of("clients-5", s_hex, run => run with { Clients = 5, Rate = 5, Payload = 5000 }),
        Of("clients-5-slow-mixed", s_hex, run => run with { Clients = 5, FirstClient = 0, Rate = 0.28, Payload = 9000, Start = 3600 }, 24),
        Of("tenant-cloudfront", s_hex, run => run with { Rate = 5, Payload = 5000 }, domains: random => [$"d{new string([.. Enumerable.Range(0, 13).Select(_ => Layout.Alphanumeric[random.Next(36)])])}.cloudfront.net"]),
        Of("tenant-workers", Exfiltrators.HexChunks, run => run with { Rate = 5, Payload = 5000 }, domains: random => [$"{Words.Any(random)}-{Words.Any(random)}.workers.dev"]),
        Of("tenant-duckdns-mixed", Adversarial.Hex("16-hex", 8), run => run with { Rate = 0.7, Payload = 5000, Start = 30000 }, 24, random => [$"{Words.Any(random)}{random.Next(100)}.duckdns.org"]),
        Of("repeats-3", s_hex, run => run with { Repeats = 3, Rate = 4, Payload = 4000 }),
        Of("repeats-2-words", Exfiltrators.WordCoded, run => run with { Repeats = 2, Rate = 2, Payload = 1600 }),
        Of("nxdomain-only", s_hex, run => run with { Answer = Reply.NxDomain, Rate = 8, Payload = 5000 }),
        Of("no-answers", s_hex, run => run with { Answer = _ => Reply.Silence, Repeats = 2, Rate = 8, Payload = 5000 }),
        Of("refused", Exfiltrators.DigLoop, run => run with { Answer = _ => Reply.Refused }),
        Of("resolver-outside-dnscat2", Dnscat2.Create("mixed", hasTag: false), run => run with { OutsideResolver = true }),
        Of("resolver-outside-iodine", Iodine.Create("base32", Radix.Iodine32, "null", RecordType.Null, 130), run => run with { OutsideResolver = true }),
        Of("resolver-outside-hex-slow", s_hex, run => run with { OutsideResolver = true, Rate = 0.28, Payload = 3000 }),
        Of("hidden-antivirus", Adversarial.UnderAntivirus, domains: _ => ["sophosxl.net"]),
        Of("hidden-blocklist", Adversarial.UnderBlocklist, domains: _ => ["spamhaus.org"]),
        Of("hidden-dkim", Adversarial.UnderDkim),
    ];

    private static Scenario Of(string name, Encoder encoder, Func<TunnelRun, TunnelRun>? change = null, double mixHours = 0, Func<Random, IReadOnlyList<string>>? domains = null) =>
        TunnelScenario.Of("adversarial/" + name, encoder, change, mixHours, "adversarial", domains);
}
