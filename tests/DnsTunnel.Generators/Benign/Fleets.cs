using System.Globalization;
using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;

namespace DnsTunnel.Generators.Benign;

/// <summary>Hosts and customers of providers that no list knows: many names of one pattern under one domain.</summary>
internal static class Fleets
{
    private static readonly string[] s_airports = ["fra", "ams", "lhr", "cdg", "iad", "sjc", "mad", "arn", "dub", "waw", "sin", "nrt", "gru", "syd"];
    private static readonly string[] s_regions = ["eu-central-1", "eu-west-1", "us-east-1", "ap-southeast-2", "westeurope", "germanywestcentral", "fra1", "europe-west3"];
    private static readonly string[] s_foreign = ["müller", "käse", "grün", "français", "élan", "niño", "smörgås", "пример", "новости", "магазин", "παράδειγμα", "νέα", "例子", "新闻", "商店", "ニュース", "みせ", "뉴스", "ตัวอย่าง", "उदाहरण"];
    private static readonly IdnMapping s_idn = new();

    public static IEnumerable<BenignClass> Classes =>
    [
        new("cache-hosts-one-client", "shape as seen in the field: 40-150 cache hosts a day of a CDN, game or streaming provider, one client", (log, hours) => Caches(log, hours, 1)) { Hours = 24, Variants = 3 },
        new("cache-hosts", "shape as seen in the field: 40-150 cache hosts a day of a CDN, game or streaming provider, several clients", (log, hours) => Caches(log, hours, log.Random.Next(4, 20))) { Hours = 12, Variants = 2 },
        new("saas-tenants", "shape as seen in the field: a provider's customers as host names, 60-200 a day over 20 clients", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 1, 3))
            {
                var behind = Telemetry.Behind(log.Random);
                Emit(log, hours, vendor, 20, log.Random.Next(60, 201), random => Tenant(random) + behind);
            }
        }) { Hours = 12, Variants = 3 },
        new("site-visits", "shape as seen in the field: a program that visits the sites of a provider's customers, 300-2,500 of them, one client", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 2, 4)) Emit(log, hours, vendor, 1, log.Random.Next(300, 3001), Site, mostVisits: log.Random.Next(1, 3));
        }) { Hours = 5, Variants = 3 },
        new("load-balancers", "shape as seen in the field: load balancers and clusters of cloud providers, 3-8 names of a provider", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 8, 15))
            {
                var kind = log.Random.Next(6);
                Emit(log, hours, vendor, log.Random.Next(1, 6), log.Random.Next(3, 9), random => Balancer(random, kind), mostVisits: 20);
            }
        }) { Hours = 12, Variants = 2 },
        new("idn-hosts", "RFC 3492, 5891: 50-100 internationalised names, as sites of their own and as customers of one provider", (log, hours) =>
        {
            Emit(log, hours, Vendor.Any(log.Random), 8, log.Random.Next(50, 101), Foreign);
            foreach (var vendor in Vendor.Some(log.Random, 50, 100))
            {
                var site = vendor with { Domain = $"{Foreign(log.Random)}.{((string[])["com", "net", "de", "org"])[log.Random.Next(4)]}" };
                Emit(log, hours, site, 8, 1, _ => "www");
            }
        }) { Hours = 12, Variants = 2 },
    ];

    private static void Caches(TrafficLog log, double hours, int clients)
    {
        foreach (var vendor in Vendor.Some(log.Random, 2, 4))
        {
            var (kind, behind) = (log.Random.Next(10), Telemetry.Behind(log.Random));
            Emit(log, hours, vendor, clients, log.Random.Next(40, 151), random => Cache(random, kind) + behind);
        }
    }

    /// <summary>Each name once to a few times, by clients at random.</summary>
    private static void Emit(TrafficLog log, double hours, Vendor vendor, int clients, int count, Func<Random, string> name, int mostVisits = 3)
    {
        var types = log.Random.Next(1, 4);
        for (; count > 0; count--)
        {
            var labels = name(log.Random);
            for (var visits = log.Random.Next(1, mostVisits + 1); visits > 0; visits--) vendor.Ask(log, log.Random.NextDouble() * hours * 3600, log.Random.Next(clients), labels, types);
        }
    }

    private static string Cache(Random random, int kind) => kind switch
    {
        0 => $"cache{random.Next(1, 40)}-{Airport(random)}{random.Next(1, 30)}",
        1 => $"e{random.Next(1000, 99999)}.dsc{"abdfgx"[random.Next(6)]}",
        2 => $"r{random.Next(1, 9)}---sn-{Shape.AnyText(random, random.Next(6, 13))}",
        3 => $"ipv{(random.Next(2) == 0 ? 4 : 6)}-c{random.Next(1, 300):d3}-{Airport(random)}{random.Next(1, 9):d3}-ix.1",
        4 => $"edge-star-{((string[])["mini", "shv", "z-mini"])[random.Next(3)]}-shv-0{random.Next(1, 4)}-{Airport(random)}{random.Next(1, 9)}",
        5 => $"video-{Airport(random)}{random.Next(1, 9)}-{random.Next(1, 30)}",
        6 => $"{Airport(random)}{random.Next(10, 60)}s{random.Next(10, 60)}-in-f{random.Next(1, 30)}",
        7 => $"server-{Address.Dotted(Address.Public(random), '-')}.{Airport(random)}{random.Next(50, 60)}",
        8 => $"d{Shape.AnyText(random, 13)}",
        _ => $"p{random.Next(1, 99):d2}-{Shape.HexText(random, 6)}.{Airport(random)}",
    };

    private static string Tenant(Random random) => random.Next(6) switch
    {
        0 => Words.Any(random) + Words.Any(random),
        1 => $"{Words.Any(random)}-{Words.Any(random)}",
        2 => $"{Words.Any(random)}{((string[])["group", "gmbh", "inc", "partners", "solutions", "bank", "energy", "health"])[random.Next(8)]}",
        3 => $"{Words.Any(random)}{Words.Any(random)}-{((string[])["prod", "test", "dev", "uat", "sandbox", "emea"])[random.Next(6)]}",
        4 => $"{Words.Any(random)[..2]}{Words.Any(random)[..2]}{random.Next(1, 100)}",
        _ => Words.Any(random),
    };

    private static string Site(Random random) => random.Next(3) == 0 ? $"{Words.Any(random)}-{Words.Any(random)}-{Tenant(random)}" : Tenant(random);

    private static string Balancer(Random random, int kind) => kind switch
    {
        0 => $"internal-{Role(random)}-{Words.Any(random)}-{random.Next(100_000_000, 2_000_000_000)}.{Region(random)}.elb",
        1 => $"k8s-default-{Words.Any(random)}-{Shape.HexText(random, 10)}-{Shape.HexText(random, 16)}.{Region(random)}",
        2 => $"a{Shape.HexText(random, 31)}-{random.Next(100_000_000, 2_000_000_000)}.{Region(random)}.lb",
        3 => $"{Words.Any(random)}db.c{Shape.AnyText(random, 11)}.{Region(random)}.db",
        4 => $"{Role(random)}.{Words.Any(random)}{Words.Any(random)}-{Shape.HexText(random, 8)}.{Region(random)}",
        _ => $"{Shape.HexText(random, 32)}.gr{random.Next(1, 10)}.{Region(random)}",
    };

    /// <summary>Latin words go with another word, other scripts with a number.</summary>
    private static string Foreign(Random random)
    {
        var word = s_foreign[random.Next(s_foreign.Length)];
        return s_idn.GetAscii(word[0] <= 'ÿ' ? $"{word}-{Words.Any(random)}" : $"{word}{random.Next(100)}");
    }

    private static string Role(Random random) => $"{((string[])["prod", "stage", "dev"])[random.Next(3)]}-{((string[])["web", "api", "auth", "queue", "db"])[random.Next(5)]}";

    private static string Airport(Random random) => s_airports[random.Next(s_airports.Length)];

    private static string Region(Random random) => s_regions[random.Next(s_regions.Length)];
}
