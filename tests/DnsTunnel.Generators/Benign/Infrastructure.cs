using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>What resolvers, stubs, clusters and directories ask of themselves.</summary>
internal static class Infrastructure
{
    private const ushort EdnsSize = 1232;

    public static IEnumerable<BenignClass> Classes =>
    [
        new("office-day", "Ordinary office: browsing, programs, directory, search suffix", (log, hours) => new OfficeDay(log, 8, hours, 8) { Directory = "corp.example" }.Emit())
            { Hours = 24, Variants = 2, HasBrowsing = false },
        new("home-day", "Ordinary home: few people, more video", (log, hours) =>
        {
            new OfficeDay(log, 4, hours, 7).Emit();
            Shape.Hosts(log, hours, 300, 4, 80, random => $"rr{random.Next(1, 9)}---sn-{Shape.AnyText(random, 8)}.googlevideo.com");
        }) { Hours = 24, Variants = 2, HasBrowsing = false },
        new("directory", "MS-ADTS section 6.3 locator names; RFC 1535 search lists", (log, hours) => new OfficeDay(log, 25, hours, 1) { Directory = "ad." + Words.Domain(log.Random) }.Emit()) { Hours = 9, HasBrowsing = false },
        new("kubernetes", "Kubernetes DNS for Services and Pods: search path with ndots:5", (log, hours) =>
        {
            string[] suffixes = [".shop.svc.cluster.local", ".svc.cluster.local", ".cluster.local", ".eu-west-1.compute.internal", ""];
            var hosts = Sites.ThirdParties.Take(12).Concat(["payments.shop.svc", "redis-master.cache", "kafka-0.kafka-headless.events"]).ToArray();
            foreach (var time in Shape.Times(log, hours, Shape.About(log, 700)))
            {
                var host = hosts[log.Random.Next(hosts.Length)];
                foreach (var suffix in suffixes)
                {
                    var reply = suffix.Length > 0 ? Reply.NxDomain("cluster.local") : Answers.For(host, RecordType.A);
                    log.Ask(time, log.Random.Next(3), host + suffix, RecordType.A, reply);
                }
            }
        }),
        new("docker-search", "resolv.conf(5) search lists: containers behind a home router", (log, hours) =>
            Shape.Scatter(log, hours, 400, 3, random => new($"{Sites.Background[random.Next(30)]}.{(random.Next(2) == 0 ? "fritz.box" : "lan")}", random.Next(2) == 0 ? RecordType.A : RecordType.Aaaa, Reply.NxDomain("lan")))),
        new("qname-minimisation", "RFC 9156: a label more each time, '_' in front", (log, hours) => Outside(log, hours, Shape.About(log, 700), (random, time, ask) =>
        {
            var host = Sites.PartsOf(Words.Any(random) + ".com").First();
            var labels = host.Split('.');
            for (var i = labels.Length - 1; i > 0; i--) ask(new("_." + string.Join('.', labels[i..]), RecordType.A, Reply.NoData(Answers.Zone(host))));
            ask(Answers.Host(host, RecordType.A));
        })) { Variants = 2, HasBrowsing = false },
        new("case-0x20", "draft-vixie-dnsext-dns0x20: random case from a resolver", (log, hours) => Outside(log, hours, Shape.About(log, 1500), (random, time, ask) =>
        {
            var host = Sites.ThirdParties[random.Next(Sites.ThirdParties.Length)];
            ask(Answers.Host(string.Concat(host.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : c)), RecordType.A));
        })) { HasBrowsing = false },
        new("dnssec", "RFC 4035: DS and DNSKEY of each zone on the way", (log, hours) => Outside(log, hours, Shape.About(log, 600), (random, time, ask) =>
        {
            var zone = Words.Domain(random);
            var key = new byte[136];
            random.NextBytes(key);
            ask(new(zone, RecordType.Ds, random.Next(2) == 0 ? Reply.NoData(zone) : Reply.Of(Record.Raw(RecordType.Ds, key.AsSpan(0, 36), 3600))));
            ask(new(zone, RecordType.Dnskey, Reply.Of(Record.Raw(RecordType.Dnskey, key, 3600))));
        })) { HasBrowsing = false },
        new("nsec-walk", "RFC 4034 section 4.1: the owner of a zone lists it; each name asked comes from the NSEC of the answer before", (log, hours) =>
        {
            var zone = Words.Domain(log.Random);
            for (var i = 0; i < 180; i++)
            {
                var (host, next) = ($"{Words.Of((byte)i)}.{zone}", $"{Words.Of((byte)(i + 1))}.{zone}");
                log.Ask(300 + i * 0.2, 0, $"\0.{host}", RecordType.A, new(3, [], [Record.Soa(zone), Record.Nsec(host, next)]));
            }
        }),
        new("root-priming", "RFC 9609: '. NS', and TLD look-ups", (log, hours) => Outside(log, hours, 600, (random, time, ask) =>
        {
            var domain = Words.Domain(random);
            ask(new("", RecordType.Ns, Reply.Of(Record.Ns("a.root-servers.net"), Record.Ns("b.root-servers.net"))));
            ask(new(domain[(domain.LastIndexOf('.') + 1)..], RecordType.Ns, Reply.Of(Record.Ns("a.gtld-servers.net"))));
        })) { HasBrowsing = false },
        new("chrome-probe", "Chromium intranet redirect detector: three random labels of 7-15 letters at each start, with the search suffix", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, 40))
            {
                for (var i = 0; i < 3; i++) log.Ask(time + i * 0.001, log.Random.Next(9), $"{Letters(log.Random, log.Random.Next(7, 16))}.corp.example", RecordType.A, Reply.NxDomain("corp.example"));
            }
        }) { Variants = 2 },
        new("mdns", "RFC 6762 and 6763: service browsing on the link", (log, hours) =>
        {
            string[] services = ["_googlecast._tcp.local", "_airplay._tcp.local", "_ipp._tcp.local", "_raop._tcp.local", "_spotify-connect._tcp.local", "_companion-link._tcp.local", "_hap._tcp.local"];
            for (var time = 10.0; time < hours * 3600; time += 20 + 8 * log.Random.NextDouble())
            {
                var service = services[log.Random.Next(services.Length)];
                log.AskMulticast(time, log.Random.Next(8), new(service, RecordType.Ptr, Reply.Of(Record.Ptr($"{Words.Of((byte)log.Random.Next(12))} {Shape.HexText(new Random(log.Random.Next(12)), 12)}.{service}", 4500))));
            }
        }),
        new("dga", "Domain generation (Plohmann et al., USENIX Security 2016): many registered domains, no payload in names; not a tunnel", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 800), 1, random => new($"{Letters(random, random.Next(8, 20))}.{((string[])["com", "net", "org", "info", "ru", "biz"])[random.Next(6)]}", RecordType.A, random.Next(200) == 0 ? Reply.Of(Record.A(0xC6336407)) : Reply.NxDomain("com")))) { Variants = 2 },
        new("discovery", "RFC 9462 (_dns.resolver.arpa), 7050 (ipv4only.arpa), 6764, WPAD, ISATAP, autodiscover", (log, hours) =>
            Shape.Scatter(log, hours, 500, 12, random => new(((string[])["_dns.resolver.arpa", "ipv4only.arpa", "wpad.corp.example", "isatap.corp.example", "autodiscover.corp.example", "_caldavs._tcp.corp.example", "lb._dns-sd._udp.0.1.20.10.in-addr.arpa"])[random.Next(7)], (ushort)(random.Next(2) == 0 ? RecordType.A : RecordType.Srv), Reply.NxDomain("arpa")))),
    ];

    /// <summary>Traffic of a resolver with the servers of the world.</summary>
    private static void Outside(TrafficLog log, double hours, int count, Action<Random, double, Action<Question>> build)
    {
        foreach (var start in Shape.Times(log, hours, count))
        {
            var time = start;
            build(log.Random, time, question => log.Ask(time += 0.02, Address.Egress(0), 0x17000000u | StableHash.Of(Answers.Zone(question.Name)) & 0xFFFF, question, EdnsSize));
        }
    }

    private static string Letters(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)('a' + random.Next(26)))]);
}
