using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Content networks, measurement and cloud tenants.</summary>
internal static class Content
{
    private static readonly string[] s_airports = ["fra", "ams", "lhr", "cdg", "iad", "sjc", "mad", "arn", "dub", "waw"];

    public static IEnumerable<BenignClass> Classes =>
    [
        Of("googlevideo", "YouTube cache host names (rr<n>---sn-<id>.googlevideo.com)", 300, 160, random => $"rr{random.Next(1, 9)}---sn-{Shape.AnyText(random, 8)}.googlevideo.com"),
        Of("nflxvideo", "Netflix Open Connect host names (openconnect.netflix.com)", 160, 60, random => $"{(random.Next(2) == 0 ? "ipv4" : "ipv6")}-c{random.Next(1, 300):d3}-{Airport(random)}00{random.Next(1, 4)}-ix.1.oca.nflxvideo.net"),
        Of("steamcontent", "Steam content servers (partner.steamgames.com)", 200, 70, random => $"cache{random.Next(1, 40)}-{Airport(random)}{random.Next(1, 4)}.steamcontent.com"),
        Of("fbcdn", "Facebook edge host names", 250, 90, random => $"scontent-{Airport(random)}{random.Next(3, 6)}-{random.Next(1, 3)}.{(random.Next(2) == 0 ? "xx.fbcdn.net" : "cdninstagram.com")}"),
        Of("safeframe", "Google Publisher Tag SafeFrame host: random 32 hex digits", 160, 160, random => $"{Shape.HexText(random, 32)}.safeframe.googlesyndication.com"),
        Of("footprint", "Microsoft network measurement (footprintdns.com): 32 hex digits", 140, 140, random => $"{Shape.HexText(random, 32)}.{(random.Next(2) == 0 ? "clo" : "nrb")}.footprintdns.com"),
        Of("akstat", "Akamai mPulse beacons: <8 hex>.akstat.io, mpstat.us", 200, 110, random => $"{Shape.HexText(random, 8)}.{(random.Next(2) == 0 ? "akstat.io" : "mpstat.us")}"),
        Of("metric-gstatic", "Google connection measurement: p5-<id>-<n>-if-v6exp3-v4.metric.gstatic.com", 150, 150, random => $"p5-{Shape.AnyText(random, 13)}-{Shape.AnyText(random, 16)}-if-v6exp3-v{(random.Next(2) == 0 ? 4 : 6)}.metric.gstatic.com"),
        Of("akamai-edge", "Akamai edge names as a resolver asks them: e<n>.dsc<x>.akamaiedge.net, edgekey.net", 400, 220, random => random.Next(2) == 0 ? $"e{random.Next(1000, 99999)}.dsc{"abdfgx"[random.Next(6)]}.akamaiedge.net" : $"www.{Words.Domain(random)}.edgekey.net"),
        Of("cloudfront", "CloudFront distribution names (docs.aws.amazon.com): 13-14 characters", 400, 150, random => $"d{Shape.AnyText(random, 13)}.cloudfront.net") with { Variants = 2 },
        Of("cloud-storage", "S3 virtual-host style and Azure Blob endpoint documentation", 350, 120, random => random.Next(2) == 0
            ? $"{Words.Any(random)}-{Words.Any(random)}-{random.Next(100)}.s3.eu-west-1.amazonaws.com"
            : $"{Words.Any(random)}{Words.Any(random)}{random.Next(100)}.blob.core.windows.net"),
        Of("cloud-apps", "Azure App Service, Cloudflare Workers, Vercel, GitHub Pages default hosts", 300, 140, random => $"{Words.Any(random)}-{Words.Any(random)}-{Shape.AnyText(random, 6)}.{((string[])["azurewebsites.net", "workers.dev", "vercel.app", "github.io"])[random.Next(4)]}"),
        Of("sentry-ingest", "Sentry DSN hosts: o<org>.ingest.sentry.io", 160, 60, random => $"o{random.Next(10000, 9999999)}.ingest.sentry.io"),
        Of("ipfs-gateway", "IPFS subdomain gateway (docs.ipfs.tech): CIDv1 of 59 base32 characters; ENS under eth.limo", 200, 140, random => random.Next(4) == 0 ? $"{Words.Any(random)}.eth.limo" : $"bafybei{Shape.Base32Text(random, 52)}.ipfs.dweb.link"),
        Of("dynamic-dns", "Dynamic DNS providers: duckdns.org, no-ip", 200, 25, random => $"{Words.Any(random)}{random.Next(1000)}.{(random.Next(2) == 0 ? "duckdns.org" : "ddns.net")}"),
        Of("bittorrent", "Public tracker lists", 400, 45, random => $"{((string[])["tracker", "open.tracker", "udp.tracker", "t"])[random.Next(4)]}.{Words.Domain(random)}"),
        Of("iot", "AWS IoT endpoints (<14>-ats.iot.<region>.amazonaws.com), Tuya, Shelly", 300, 25, random => random.Next(3) switch
        {
            0 => $"a{Shape.AnyText(random, 13)}-ats.iot.us-east-1.amazonaws.com",
            1 => $"m{random.Next(1, 4)}.tuyaeu.com",
            _ => $"shelly-{random.Next(1, 80)}-eu.shelly.cloud",
        }) with { Hours = 24 },
        Of("ztna", "Zero-trust connectors: <uuid>.cfargotunnel.com, <host>.<tailnet>.ts.net, derp<n>.tailscale.com", 250, 40, random => random.Next(3) switch
        {
            0 => $"{Shape.Guid(random)}.cfargotunnel.com",
            1 => $"{Words.Any(random)}-laptop.tail{Shape.HexText(random, 5)}.ts.net",
            _ => $"derp{random.Next(1, 24)}.tailscale.com",
        }),
        new("rum", "Real-user measurement of content networks: one new name a page view", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 200), 8, random => Answers.Host($"{Shape.AnyText(random, 10)}.r.{(random.Next(2) == 0 ? "nr-data.net" : "perf.linkedin.com")}", RecordType.A))),
        new("dns-leak-test", "dnsleaktest.com and bash.ws: a few unique names in a burst", (log, _) =>
        {
            var id = Shape.Guid(log.Random);
            for (var i = 0; i < 24; i++) log.Ask(600 + i * 0.4, 1, $"{Shape.AnyText(log.Random, 12)}-{i}.{id[..8]}.test.dnsleaktest.com", RecordType.A, Reply.Of(Record.A(0x17000001)));
            for (var i = 0; i < 10; i++) log.Ask(2600 + i * 0.3, 2, $"{i + 1}.{log.Random.Next(1 << 30)}.bash.ws", RecordType.A, Reply.NxDomain("bash.ws"));
        }),
        new("uptime-check", "Synthetic monitors that defeat caches with a time stamp in the name", (log, hours) =>
        {
            var zone = Words.Domain(log.Random);
            for (var time = 0.0; time < hours * 3600; time += 60) log.Ask(time, 0, $"{1741046400 + (int)time}.check.{zone}", RecordType.A, Reply.Of(Record.A(0x17000005, 5)));
        }),
        new("atlas-probe", "RIPE Atlas DNS measurements (atlas.ripe.net/docs): probe id and time before the name", (log, hours) =>
        {
            for (var time = 0.0; time < hours * 3600; time += 240) log.Ask(time, 0, $"6012.{1741046400 + (int)time}.ripe-atlas-check.dnsmon.net", RecordType.Txt, Reply.Of(Record.Txt("ns1", 0)));
        }),
    ];

    private static BenignClass Of(string name, string source, int count, int distinct, Func<Random, string> host) =>
        new(name, source, (log, hours) => Shape.Hosts(log, hours, Shape.About(log, count), 8, Math.Max(4, Shape.About(log, distinct)), host));

    private static string Airport(Random random) => s_airports[random.Next(s_airports.Length)];
}
