using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Ordinary traffic that no model is trained on.</summary>
internal static class HeldOutNetworks
{
    private static readonly string[] s_lists = ["zen.spamhaus.org", "b.barracudacentral.org", "bl.spamcop.net", "dnsbl.sorbs.net", "psbl.surriel.com", "ix.dnsbl.manitu.net"];
    private static readonly string[] s_blogs = ["blogspot.com", "tumblr.com", "wordpress.com", "livejournal.com", "deviantart.com", "substack.com", "neocities.org", "bandcamp.com"];
    private static readonly string[] s_regions = ["eu-west-1", "us-east-1", "eu-central-1"];

    public static IEnumerable<BenignClass> Classes =>
    [
        new("big-office", "40 people, directory, telemetry and search suffix", (log, hours) => new OfficeDay(log, 40, hours, 6) { Directory = "ad." + Words.Domain(log.Random) }.Emit()) { Hours = 10, HasBrowsing = false },
        new("mail-gateway", "A gateway for 1,500 messages a day: block lists, SPF, DKIM, DMARC, PTR, URI lists", Gateway) { Hours = 24, HasBrowsing = false, Variants = 2 },
        new("crawler", "A crawler over blogs, each a subdomain of its host", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 5000), 1, random => Answers.Host($"{Blog(random)}.{s_blogs[random.Next(s_blogs.Length)]}", RecordType.A))) { Hours = 4, Variants = 2 },
        new("crawler-one-host", "A crawler over the subdomains of one community that no list knows", (log, hours) =>
        {
            var vendor = Vendor.Any(log.Random);
            foreach (var time in Shape.Times(log, hours, Shape.About(log, 1500))) vendor.Ask(log, time, 0, Blog(log.Random));
        }) { Hours = 4, Variants = 3 },
        new("subdomain-scan", "amass and massdns: words, permutations with numbers and dashes, random names as a wildcard test; six domains", Scan) { Hours = 3, Variants = 3 },
        new("delivery-optimisation", "Windows Update and Delivery Optimization host names (learn.microsoft.com)", (log, hours) => Shape.Hosts(log, hours, 400, 12, 90, random => random.Next(4) switch
        {
            0 => $"{random.Next(1, 20)}.tlu.dl.delivery.mp.microsoft.com",
            1 => $"array{random.Next(600, 630)}.prod.do.dsp.mp.microsoft.com",
            2 => $"kv{random.Next(600, 640)}.prod.do.dsp.mp.microsoft.com",
            _ => $"{Shape.Guid(random)}.{((string[])["ods", "oms", "agentsvc"])[random.Next(3)]}.opinsights.azure.com",
        })) { Hours = 10 },
        new("device-management", "Intune and Defender hosts by tenant, 20 devices", (log, hours) => Shape.Hosts(log, hours, 300, 20, 60, random => $"{Shape.Guid(random)}.{((string[])["dm.microsoft.com", "endpoint.security.microsoft.com", "agents.vendor-mdm.com"])[random.Next(3)]}")) { Hours = 10 },
        new("ad-sync", "Header bidding and user syncs: ids and hashes as hosts of many providers", AdSync) { Hours = 10, Variants = 2 },
        new("fraud-check", "Device fingerprinting: a long name of organisation and session a visit of a shop (online-metrix.net)", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 40), 6, random => Answers.Host($"{Shape.AnyText(random, 8)}{Shape.HexText(random, 40)}.d.aa.{(random.Next(2) == 0 ? "online-metrix.net" : "seon-check.com")}", RecordType.A))) { Hours = 10, Variants = 2 },
        new("cloud-endpoints", "Load balancers, databases and gateways of cloud providers by their default names", Endpoints) { Hours = 10, Variants = 2 },
        new("random-probe", "Chromium's three random single labels at each start, 25 browsers", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, 120))
            {
                var client = log.Random.Next(25);
                for (var i = 0; i < 3; i++) log.Ask(time + i * 0.001, client, Letters(log.Random, log.Random.Next(7, 16)), RecordType.A, Reply.NxDomain(""));
            }
        }) { Hours = 10 },
        new("search-domains", "Pods with ndots:5 that call hundreds of outside hosts, seen from the cache of a node", (log, hours) =>
        {
            string[] suffixes = [".crawler.svc.k8s.corp.example", ".svc.k8s.corp.example", ".k8s.corp.example", ""];
            var hosts = Sites.Tail(300, log.Random.Next()).Concat(Sites.ThirdParties).ToArray();
            foreach (var time in Shape.Times(log, hours, 1500))
            {
                var host = hosts[log.Random.Next(hosts.Length)];
                foreach (var suffix in suffixes) log.Ask(time, 0, host + suffix, RecordType.A, suffix.Length > 0 ? Reply.NxDomain("corp.example") : Answers.For(host, RecordType.A));
            }
        }) { Hours = 8 },
        new("enum", "RFC 6116: a telephone exchange asks for numbers, digit by digit in labels", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 300), 1, random => new($"{string.Join('.', Enumerable.Range(0, 9).Select(_ => random.Next(10)))}.9.4.e164.arpa", RecordType.Naptr, Reply.NxDomain("e164.arpa")))) { Hours = 10 },
        new("cdn-radar", "Measurement of content networks: six long names a page view, 5-12 views a day of a client", (log, hours) =>
        {
            var vendor = Vendor.Any(log.Random);
            for (var client = 0; client < 8; client++)
            {
                foreach (var time in Shape.Times(log, hours, log.Random.Next(5, 13)))
                {
                    var id = log.Random.Next(1 << 20);
                    for (var i = 0; i < 6; i++) vendor.Ask(log, time + i * 0.1, client, $"rum-i1-j{i}-20-{log.Random.Next(30)}-{id}-{log.Random.Next(9)}-i.init", types: 1);
                }
            }
        }) { Hours = 10, Variants = 2 },
        new("other-reputation", "Reputation services that no exception names: hashes and reversed hosts, 20-60 a client and day", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 2, 4))
            {
                var kind = log.Random.Next(3);
                for (var client = 0; client < 5; client++)
                {
                    foreach (var time in Shape.Times(log, hours, log.Random.Next(20, 61)))
                        log.Ask(time, client, vendor.Host(kind switch { 0 => $"{Shape.HexText(log.Random, 16)}.q", 1 => $"{Shape.HexText(log.Random, 32)}.f.v1", _ => $"{Shape.Base32Text(log.Random, 26)}.w" }, RecordType.A));
                }
            }
        }) { Hours = 24, Variants = 2 },
        new("smart-home", "Gateways that poll a name with a number or time against caches; constant ids", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 3, 5))
            {
                var (kind, every, id) = (log.Random.Next(4), log.Random.Next(30, 400), Shape.HexText(log.Random, 12));
                for (var (time, n) = (10.0, log.Random.Next(100000)); time < hours * 3600; time += every * (0.9 + 0.2 * log.Random.NextDouble()), n++)
                    vendor.Ask(log, time, 0, kind switch { 0 => $"{n}.{id}", 1 => $"{n % 60}.pool", 2 => $"hb-{n:x}.{id}", _ => $"{id}-{(int)(time / 3600)}.mqtt" }, types: 1);
            }
        }) { Hours = 24, Variants = 3 },
        new("voip-turn", "Relays of meetings: addresses and numbers in host names", (log, hours) => Shape.Hosts(log, hours, 300, 15, 120, random => random.Next(3) switch
        {
            0 => $"zoom{Letters(random, 3)}{random.Next(1, 300)}-{Address.Dotted(Address.Public(random), '-')}.mmr.zoom.us",
            1 => $"turn-{Address.Dotted(Address.Public(random), '-')}.relay.vendor-meet.com",
            _ => $"p{random.Next(1, 99):d2}-{Shape.HexText(random, 8)}.rtc.vendor-voice.net",
        })) { Hours = 10 },
        new("typing-errors", "Names of a site that do not exist, tried with the search suffix; bursts while a server is away", (log, hours) =>
        {
            var zone = Words.Domain(log.Random);
            Shape.Scatter(log, hours, 900, 20, random => new($"{Words.Any(random)}{(random.Next(3) == 0 ? random.Next(100).ToString() : "")}{Letters(random, random.Next(3))}.{zone}", RecordType.A, Reply.NxDomain(zone)));
        }) { Hours = 8, Variants = 2 },
        new("spf-dkim-check", "A checker of mail settings: TXT of all the usual selectors of some domains", (log, hours) =>
        {
            string[] selectors = ["default", "google", "selector1", "selector2", "k1", "k2", "k3", "mandrill", "s1", "s2", "dkim", "mail", "smtp", "mxvault", "zoho", "pm", "fm1", "fm2", "fm3", "sig1", "protonmail", "protonmail2", "everlytickey1", "cm", "scph0920", "20230601", "20221208", "ctct1", "turbo-smtp", "zendesk1"];
            foreach (var start in Shape.Times(log, hours, 12))
            {
                var zone = Words.Domain(log.Random);
                for (var i = 0; i < selectors.Length; i++)
                    log.Ask(start + i * 0.05, 0, $"{selectors[i]}._domainkey.{zone}", RecordType.Txt, log.Random.Next(6) == 0 ? Reply.Of(Record.Txt("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" + Shape.AnyText(log.Random, 330))) : Reply.NxDomain(zone));
            }
        }) { Hours = 4 },
        new("changing-answers", "Names whose answers change with each question: rotated addresses, TXT with the time, time stamps in SOA", (log, hours) =>
        {
            var vendor = Vendor.Any(log.Random);
            Shape.Scatter(log, hours, 1500, 3, random => random.Next(3) switch
            {
                0 => new($"www.{vendor.Domain}", RecordType.A, Reply.Of([.. Enumerable.Range(0, 8).Select(_ => Record.A(0x17000000u + (uint)random.Next(4096), 20))])),
                1 => new($"whoami.{vendor.Domain}", RecordType.Txt, Reply.Of(Record.Txt($"resolver={Address.Dotted(Address.Public(random))}; port={random.Next(65536)}", 0))),
                _ => new($"pool{random.Next(4)}.{vendor.Domain}", RecordType.Aaaa, Reply.Of([.. Enumerable.Range(0, 4).Select(_ => Record.Aaaa(Answers.Version6((uint)random.Next(4096)), 20))])),
            });
        }) { Hours = 10 },
    ];

    private static void Gateway(TrafficLog log, double hours)
    {
        foreach (var time in Shape.Times(log, hours, Shape.About(log, 1500)))
        {
            var sender = Address.Public(log.Random);
            log.Ask(time, 0, $"{Address.Reversed(sender)}.in-addr.arpa", RecordType.Ptr, Reply.Of(Record.Ptr($"mail.{Words.Domain(log.Random)}")));
            for (var i = 0; i < s_lists.Length; i++) log.Ask(time + 0.01 * i, 0, $"{Address.Reversed(sender)}.{s_lists[i]}", RecordType.A, log.Random.Next(5) == 0 ? Shape.Local() : Reply.NxDomain(s_lists[i]));
            Mail.Authenticate(log, time + 0.1, Words.Domain(log.Random));
            if (log.Random.Next(2) == 0) log.Ask(time + 0.3, 0, $"{Words.Domain(log.Random)}.multi.surbl.org", RecordType.A, Reply.NxDomain("surbl.org"));
            if (log.Random.Next(3) == 0) log.Ask(time + 0.3, 0, $"{Shape.HexText(log.Random, 40)}.ebl.msbl.org", RecordType.A, Reply.NxDomain("msbl.org"));
        }
    }

    private static string Blog(Random random) => random.Next(5) switch
    {
        0 => Words.Any(random) + Words.Any(random),
        1 => $"{Words.Any(random)}-{Words.Any(random)}-{Words.Any(random)}",
        2 => $"the{Words.Any(random)}of{Words.Any(random)}",
        3 => $"{Words.Any(random)}{random.Next(2030)}",
        _ => $"{Letters(random, random.Next(2, 5))}{Words.Any(random)}{random.Next(100)}",
    };

    private static void Scan(TrafficLog log, double hours)
    {
        var time = 60.0;
        foreach (var vendor in Vendor.Some(log.Random, 4, 6))
        {
            for (var i = 0; i < 6; i++) log.Ask(time += 0.1, 0, $"{Shape.AnyText(log.Random, 12)}.{vendor.Domain}", RecordType.A, Reply.NxDomain(vendor.Domain));
            for (var i = Shape.About(log, 500); i > 0; i--)
            {
                var word = log.Random.Next(3) switch
                {
                    0 => Words.Any(log.Random),
                    1 => $"{Words.Any(log.Random)}{log.Random.Next(20)}",
                    _ => $"{Words.Any(log.Random)}-{Words.Any(log.Random)}",
                };
                log.Ask(time += 0.08 * log.Random.NextDouble(), 0, $"{word}.{vendor.Domain}", RecordType.A, log.Random.Next(40) == 0 ? Reply.Of(Record.A(vendor.Address, vendor.Ttl)) : Reply.NxDomain(vendor.Domain));
            }
            time += hours * 300;
        }
    }

    private static void AdSync(TrafficLog log, double hours)
    {
        foreach (var vendor in Vendor.Some(log.Random, 10, 20))
        {
            var (kind, perClient) = (log.Random.Next(5), log.Random.Next(2, 16));
            for (var client = 0; client < 12; client++)
            {
                foreach (var time in Shape.Times(log, hours, perClient)) vendor.Ask(log, time, client, kind switch
                {
                    0 => $"{Shape.HexText(log.Random, 12)}.sync",
                    1 => $"{log.Random.Next(1000000, 9999999)}.fls",
                    2 => $"p{log.Random.Next(1, 60)}.{Letters(log.Random, 3)}",
                    3 => $"{Shape.AnyText(log.Random, 10)}.rtb-{s_regions[log.Random.Next(3)]}",
                    _ => $"{Words.Any(log.Random)}-{Shape.HexText(log.Random, 6)}.cdn",
                });
            }
        }
    }

    private static void Endpoints(TrafficLog log, double hours)
    {
        Shape.Hosts(log, hours, 400, 3, 90, random => random.Next(6) switch
        {
            0 => $"internal-k8s-{Words.Any(random)}-{Words.Any(random)}-{Shape.HexText(random, 10)}-{random.Next(100000000, 999999999)}.{s_regions[random.Next(3)]}.elb.amazonaws.com",
            1 => $"{Words.Any(random)}.c{Shape.AnyText(random, 11)}.{s_regions[random.Next(3)]}.rds.amazonaws.com",
            2 => $"{Shape.AnyText(random, 10)}.execute-api.{s_regions[random.Next(3)]}.amazonaws.com",
            3 => $"{Words.Any(random)}-{Shape.AnyText(random, 10)}-uc.a.run.app",
            4 => $"{Words.Any(random)}-{Shape.AnyText(random, 16)}.z01.azurefd.net",
            _ => $"{Shape.HexText(random, 32)}.cloud-vendor-lb.com",
        });
    }

    private static string Letters(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26)))]);
}
