using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Programs that go through the names of a site, a cluster or a directory.</summary>
internal static class Inventory
{
    // Kubernetes leaves out vowels and look-alike characters in generated names.
    private const string PodAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    private static readonly string[] s_prefixes = ["www", "mail", "dev", "stage", "test", "vpn", "api", "admin", "portal", "remote", "ns", "mx", "smtp", "imap", "ftp", "cdn", "static", "img", "blog", "shop", "git", "ci", "jenkins", "grafana", "wiki", "intranet", "sso", "auth", "db", "backup"];
    private static readonly string[] s_endings = ["", "1", "2", "3", "01", "02", "-eu", "-us", "-dev", "-stage", "-old", "-new", "-int", "-test", "-prod"];

    public static IEnumerable<BenignClass> Classes =>
    [
        new("subdomain-enumeration", "shape as seen in the field: a word list under one domain by one client within minutes, 97 % NXDOMAIN", Enumerate) { Hours = 2, Variants = 3 },
        new("inventory-once", "shape as seen in the field: a monitor asks for 200-800 host names of its site", (log, _) => Sweep(log, [log.Random.Next(60, 3000)])) { Hours = 2, Variants = 3, IsStress = true },
        new("inventory-hourly", "shape as seen in the field: a monitor asks for 200-800 host names of its site each hour", (log, hours) => Sweep(log, Enumerable.Range(0, (int)hours).Select(hour => hour * 3600 + 20))) { Hours = 8, Variants = 2, IsPeriodic = true },
        new("cluster-pods", "Kubernetes DNS for Services and Pods: pod addresses with dashes, pods of headless services, 50-200 a day", Pods) { Hours = 12, Variants = 3 },
        new("directory-guids", "MS-ADTS section 6.3: 20 domain controllers find each other by GUID", Controllers) { Hours = 12, Variants = 2, IsPeriodic = true },
    ];

    private static void Enumerate(TrafficLog log, double hours)
    {
        var vendor = Vendor.Any(log.Random);
        var words = s_prefixes.Concat(Enumerable.Range(0, 256).Select(value => Words.Of((byte)value))).SelectMany(word => s_endings.Select(ending => word + ending)).ToArray();
        if (log.Random.Next(2) == 0) log.Random.Shuffle(words);
        var (time, every) = (log.Random.NextDouble() * 600, 0.02 + 0.2 * log.Random.NextDouble());
        foreach (var word in words.Take(log.Random.Next(1000, 3001)))
        {
            var question = vendor.Host(word, RecordType.A);
            log.Ask(time += every * (0.5 + log.Random.NextDouble()), 0, log.Random.Next(100) < 97 ? question with { Reply = Reply.NxDomain(vendor.Domain) } : question);
        }
    }

    private static void Sweep(TrafficLog log, IEnumerable<int> starts)
    {
        var zone = $"{((string[])["corp", "ad", "int", "fra.corp", "hq"])[log.Random.Next(5)]}.{Words.Domain(log.Random)}";
        var kinds = Enumerable.Range(0, 8).ToArray();
        log.Random.Shuffle(kinds);
        var kindCount = log.Random.Next(1, 5);
        var names = Enumerable.Range(0, log.Random.Next(200, 801)).Select(i => $"{HostName(log.Random, kinds[i % kindCount], i)}.{zone}").ToArray();
        var every = 0.01 + 2 * Math.Pow(log.Random.NextDouble(), 3);
        foreach (var start in starts)
        {
            for (var i = 0; i < names.Length; i++) log.Ask(start + i * every, 0, names[i], RecordType.A, Reply.Of(Record.A(0x0A140000u + (uint)i, 1200)));
        }
    }

    private static string HostName(Random random, int kind, int number) => kind switch
    {
        0 => $"srv-{((string[])["web", "db", "app", "file"])[number % 4]}-{number:d3}",
        1 => $"DESKTOP-{Shape.AnyText(random, 7).ToUpperInvariant()}",
        2 => $"lt-{number:d4}",
        3 => $"prn-{random.Next(1, 9)}og-{((string[])["hp", "kyo", "xrx"])[random.Next(3)]}{random.Next(1000, 9999)}",
        4 => string.Join('-', ("001b" + Shape.HexText(random, 8)).Chunk(2).Select(pair => new string(pair))),
        5 => Shape.HexText(random, 12),
        6 => $"{Words.Any(random)}-{Words.Any(random)}-pc",
        _ => $"sw-{(char)('a' + random.Next(6))}{random.Next(1, 9)}-{number:d2}",
    };

    private static void Pods(TrafficLog log, double hours)
    {
        var cluster = log.Random.Next(2) == 0 ? "cluster.local" : "k8s." + Words.Domain(log.Random);
        var spaces = Enumerable.Range(0, 4).Select(_ => Words.Any(log.Random)).ToArray();
        var deployments = Enumerable.Range(0, 8).Select(_ => $"{Words.Any(log.Random)}-{PodText(log.Random, 10)}").ToArray();
        for (var pods = log.Random.Next(50, 201); pods > 0; pods--)
        {
            var space = spaces[log.Random.Next(spaces.Length)];
            var name = log.Random.Next(3) switch
            {
                0 => $"10-244-{log.Random.Next(16)}-{log.Random.Next(2, 255)}.{space}.pod",
                1 => $"{Words.Any(log.Random)}-{log.Random.Next(6)}.{space}-headless.{space}.svc",
                _ => $"{deployments[log.Random.Next(deployments.Length)]}-{PodText(log.Random, 5)}.{space}.svc",
            };
            for (var asked = log.Random.Next(1, 8); asked > 0; asked--)
                log.Ask(log.Random.NextDouble() * hours * 3600, log.Random.Next(5), $"{name}.{cluster}", RecordType.A, Reply.Of(Record.A(0x0AF40000u | (uint)log.Random.Next(4096), 5)));
        }
    }

    private static void Controllers(TrafficLog log, double hours)
    {
        var domain = log.Random.Next(3) == 0 ? Words.Any(log.Random) + ".local" : "ad." + Words.Domain(log.Random);
        var guids = Enumerable.Range(0, 20).Select(_ => Shape.Guid(log.Random)).ToArray();
        for (var client = 0; client < guids.Length; client++)
        {
            var partners = Enumerable.Range(0, 4).Select(_ => log.Random.Next(guids.Length)).ToArray();
            for (var time = log.Random.NextDouble() * 3600; time < hours * 3600; time += 3600)
            {
                foreach (var partner in partners)
                {
                    log.Ask(time, client, $"{guids[partner]}._msdcs.{domain}", RecordType.Cname, Reply.Of(Record.Cname($"dc{partner:d2}.{domain}", 600)));
                    log.Ask(time + 0.02, client, $"dc{partner:d2}.{domain}", RecordType.A, Reply.Of(Record.A(0x0A140100u + (uint)partner, 3600)));
                }
            }
        }
    }

    private static string PodText(Random random, int length) => new([.. Enumerable.Range(0, length).Select(_ => PodAlphabet[random.Next(PodAlphabet.Length)])]);
}
