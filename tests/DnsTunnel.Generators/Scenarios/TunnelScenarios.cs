using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Tunnels;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>Each encoder at its own pace, and the main ones at five rates.</summary>
internal static class TunnelScenarios
{
    private const double Hour = 3600;

    private static readonly (double Rate, double Seconds)[] s_rates = [(0.05, 24 * Hour), (0.28, 12 * Hour), (0.7, 4 * Hour), (10, 1200), (1000, 45)];

    public static IEnumerable<Scenario> All => Natural.Concat(Retimed).Concat(Slow);

    private static IEnumerable<Encoder> Encoders =>
    [
        Iodine.Create("base32", Radix.Iodine32, "null", RecordType.Null, 130),
        Iodine.Create("base64", Radix.Iodine64, "txt", RecordType.Txt, 155),
        Iodine.Create("base128", Radix.Iodine128, "private", RecordType.Private, 185),
        Iodine.Create("base32", Radix.Iodine32, "cname", RecordType.Cname, 130),
        Iodine.Create("base64", Radix.Iodine64, "mx", RecordType.Mx, 155),
        Iodine.Create("base32", Radix.Iodine32, "srv", RecordType.Srv, 130),
        Iodine.Create("base32", Radix.Iodine32, "a", RecordType.A, 130),
        Dnscat2.Create("mixed", hasTag: false),
        Dnscat2.Create("txt", hasTag: false, RecordType.Txt),
        Dnscat2.Create("cname", hasTag: false, RecordType.Cname),
        Tools.Dns2tcp("txt", RecordType.Txt), Tools.Dns2tcp("key", RecordType.Key),
        Tools.OzymanDns, Tools.Dnscapy, Tools.Dnstt, Tools.Slipstream, Tools.Tuns, Tools.TcpOverDns, Tools.Heyoka,
        Exfiltrators.DnsExfiltrator("base64url", Radix.Base64Url, 140, 63, 0.15),
        Exfiltrators.DnsExfiltrator("base32-throttled", Radix.Base32, 60, 30, 2),
        Sliver.Create(isBase58: false), Sliver.Create(isBase58: true),
        Exfiltrators.GoDoh, Exfiltrators.Chashell, Exfiltrators.Det, Exfiltrators.HexChunks, Exfiltrators.DigLoop, Exfiltrators.NslookupTxt,
        Exfiltrators.PacketWhisper, Exfiltrators.WordCoded,
        CobaltStrike.Create("a", RecordType.A), CobaltStrike.Create("txt", RecordType.Txt), CobaltStrike.Create("aaaa", RecordType.Aaaa), CobaltStrike.Stager(),
        Malware.FrameworkPos, Malware.Denis, Malware.Pisloader, Malware.DnsMessenger, Malware.Bondupdater("a", RecordType.A), Malware.Bondupdater("txt", RecordType.Txt),
        Malware.QuadAgent, Malware.IsmAgent, Malware.Helminth, Malware.RogueRobin, Malware.Saitama, Malware.AnchorDns, Malware.Sunburst,
        Malware.Feederbot, Malware.PlugX, Malware.Morto,
    ];

    private static IEnumerable<Encoder> Main =>
    [
        Iodine.Create("base32", Radix.Iodine32, "null", RecordType.Null, 130), Dnscat2.Create("mixed", hasTag: false),
        Exfiltrators.DnsExfiltrator("base64url", Radix.Base64Url, 140, 63, 0.15), CobaltStrike.Create("a", RecordType.A),
        Tools.Dnstt, Adversarial.Hex("16-hex", 8), Exfiltrators.WordCoded,
    ];

    private static IEnumerable<Scenario> Natural
    {
        get
        {
            foreach (var encoder in Encoders) yield return TunnelScenario.Of(Name(encoder), encoder);
            yield return TunnelScenario.Of("dnscat2-tag", Dnscat2.Create("tag", hasTag: true), domains: _ => ["."], note: "prefix 'dnscat.', no domain of its own");
        }
    }

    /// <summary>Every main encoder at every rate; alone and in a day by turns.</summary>
    private static IEnumerable<Scenario> Retimed =>
        Main.SelectMany((encoder, e) => s_rates.Select((item, r) =>
        {
            var isMixed = (e + r) % 2 == 0;
            return TunnelScenario.Of($"{Name(encoder)}-{item.Rate.ToString(System.Globalization.CultureInfo.InvariantCulture)}Bps{(isMixed ? "-mixed" : "")}", encoder,
                run => run with
                {
                    Rate = item.Rate,
                    Payload = (int)(item.Rate * item.Seconds),
                    Start = isMixed && item.Seconds < 12 * Hour ? 9.4 * Hour : 60,
                },
                isMixed ? 24 : 0);
        }));

    private static IEnumerable<Scenario> Slow =>
    [
        TunnelScenario.Of("hexnames-0.05Bps-7d", Adversarial.Hex("16-hex", 8), run => run with { Rate = 0.05, Payload = (int)(0.05 * 168 * Hour) }) with { IsLong = true },
        TunnelScenario.Of("dnscat2-0.05Bps-48h-mixed", Dnscat2.Create("mixed", hasTag: false), run => run with { Rate = 0.05, Payload = (int)(0.05 * 48 * Hour), Pace = Timing.Exponential(1) }, 48),
        TunnelScenario.Of("tinylabels-0.05Bps-48h", Adversarial.TinyLabels, run => run with { Rate = 0.05, Payload = (int)(0.05 * 48 * Hour) }) with { IsLong = true },
    ];

    private static string Name(Encoder encoder) => encoder.Variant.Length == 0 ? encoder.Tool : $"{encoder.Tool}-{encoder.Variant}";
}
