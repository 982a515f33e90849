using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Ordinary traffic of clients in the second held-out set.</summary>
internal static class SecondNetworks
{
    private static readonly string[] s_regions = ["eu-west-1", "us-east-1", "eu-central-1", "ap-south-1"];
    private static readonly string[] s_cities = ["frankfurt", "rotterdam", "london", "madrid", "stockholm", "warsaw"];

    public static IEnumerable<BenignClass> Classes =>
    [
        new("consul", "Consul DNS interface (developer.hashicorp.com): nodes, services, prepared queries and dashed addresses under .consul", (log, hours) =>
        {
            var nodes = Enumerable.Range(0, 120).Select(_ => $"ip-{Address.Dotted(0x0A140000u | (uint)log.Random.Next(1 << 16), '-')}").ToArray();
            Shape.Scatter(log, hours, 2500, 20, random => new(random.Next(4) switch
            {
                0 => $"{nodes[random.Next(nodes.Length)]}.node.dc1.consul",
                1 => $"{Words.Any(random)}.service.dc1.consul",
                2 => $"{0x0A140000u | (uint)random.Next(1 << 16):x8}.addr.dc1.consul",
                _ => $"_{Words.Any(random)}._tcp.service.consul",
            }, RecordType.A, random.Next(3) == 0 ? Reply.NxDomain("consul") : Shape.Local()));
        }) { Hours = 6 },
        new("search-suffix", "resolv.conf(5): laptops that try the office suffix on each name they look up, hundreds of hosts", (log, hours) =>
        {
            var zone = "intra." + Words.Domain(log.Random);
            var hosts = Sites.WellKnown.Concat(Sites.ThirdParties).Concat(Sites.Tail(500, log.Random.Next())).ToArray();
            Shape.Scatter(log, hours, 3000, 12, random => new($"{hosts[random.Next(hosts.Length)]}.{zone}", RecordType.A, Reply.NxDomain(zone)));
        }) { Hours = 8, Variants = 2 },
        new("cloaked-trackers", "CNAME-cloaked trackers (Dao et al. 2021): each shop has a host of random letters for the same tracker", (log, hours) =>
            Shape.Hosts(log, hours, 500, 10, 150, random => $"{(random.Next(2) == 0 ? Shape.AnyText(random, random.Next(4, 13)) : ((string[])["smetrics", "sstats", "go", "data", "ea"])[random.Next(5)])}.{Words.Domain(random)}")) { Hours = 10, Variants = 2 },
        new("video-ads", "Ad and video hosts by campaign: ids of 8-16 digits and regions, one to three names a page", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 8, 14))
            {
                var (kind, count) = (log.Random.Next(4), log.Random.Next(6, 40));
                foreach (var time in Shape.Times(log, hours, count)) vendor.Ask(log, time, log.Random.Next(10), kind switch
                {
                    0 => $"{Shape.HexText(log.Random, 8)}.cdn",
                    1 => $"c{log.Random.Next(10000000, 99999999)}-{s_regions[log.Random.Next(4)]}",
                    2 => $"{Shape.AnyText(log.Random, 16)}.v",
                    _ => $"i{log.Random.Next(1, 90)}.{s_cities[log.Random.Next(6)]}",
                }, types: 3);
            }
        }) { Hours = 10, Variants = 2 },
        new("private-dns-probe", "Android's private DNS check: '<random>-dnsotls-ds.metric.gstatic.com', a new name each time, ten telephones", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 120), 10, random => Answers.Host($"{Shape.HexText(random, 6)}-dnsotls-ds.metric.gstatic.com", RecordType.A))) { Hours = 12 },
        new("captive-portal", "A portal that gives each guest a host of its own, and the checks of the systems", (log, hours) =>
        {
            var vendor = Vendor.Any(log.Random);
            for (var guest = 0; guest < 80; guest++)
            {
                var (time, id) = (log.Random.NextDouble() * hours * 3600, Shape.AnyText(log.Random, 12));
                foreach (var host in (string[])["connectivitycheck.gstatic.com", "captive.apple.com", "www.msftconnecttest.com", "detectportal.firefox.com"]) log.Ask(time, guest, Answers.Host(host, RecordType.A));
                vendor.Ask(log, time + 1, guest, $"{id}.guest");
            }
        }) { Hours = 10 },
        new("device-gateway", "Sixty devices behind one address, each with an id of its own as host, under four providers", (log, hours) =>
        {
            var vendors = Vendor.Some(log.Random, 4, 4).Select(v => (Vendor: v, Kind: log.Random.Next(4))).ToArray();
            for (var device = 0; device < 60; device++)
            {
                var (vendor, kind) = vendors[device % 4];
                var name = kind switch { 0 => $"{Shape.HexText(log.Random, 12)}.mqtt", 1 => $"a{Shape.AnyText(log.Random, 13)}-ats.iot", 2 => $"sn-{log.Random.Next(10000000, 99999999)}", _ => $"{Shape.Guid(log.Random)}.devices" };
                var every = log.Random.Next(600, 5000);
                for (var time = log.Random.NextDouble() * every; time < hours * 3600; time += every * (0.9 + 0.2 * log.Random.NextDouble())) vendor.Ask(log, time, 0, name, types: 1);
            }
        }) { Hours = 12, Variants = 2 },
        new("sd-wan", "Appliances and zero-trust clients: serial numbers, tenants and relays as hosts", (log, hours) => Shape.Hosts(log, hours, 400, 12, 80, random => random.Next(4) switch
        {
            0 => $"n{random.Next(1, 900)}.network-auth.com",
            1 => $"gw-{Shape.HexText(random, 8)}.gpcloudservice.com",
            2 => $"{Words.Any(random)}-{Words.Any(random)}.{random.Next(100, 999)}.vpn.vendor-sdwan.net",
            _ => $"{Shape.AnyText(random, 10)}.connector.vendor-ztna.com",
        })) { Hours = 10 },
        new("certificates", "OCSP and CRL hosts of authorities; validation names of AWS and Sectigo: '_<32 hex>' with CNAME", (log, hours) =>
        {
            Shape.Hosts(log, hours, 200, 10, 30, random => $"{((string[])["ocsp", "crl3", "crl4", "e5.o", "r11.o", "ocsp2"])[random.Next(6)]}.{((string[])["digicert.com", "lencr.org", "sectigo.com", "globalsign.com", "pki.goog", "entrust.net"])[random.Next(6)]}");
            foreach (var time in Shape.Times(log, hours, 14))
            {
                var host = $"_{Shape.HexText(log.Random, 32)}.{Shape.AnyText(log.Random, 10)}.acm-validations.aws";
                log.Ask(time, 0, $"_{Shape.HexText(log.Random, 32)}.{Words.Domain(log.Random)}", RecordType.Cname, Reply.Of(Record.Cname(host, 300)));
                log.Ask(time + 0.1, 0, host, RecordType.Cname, Reply.NoData("acm-validations.aws"));
            }
        }) { Hours = 10, Variants = 2 },
        new("office-tenants", "Microsoft 365: tenants of partners, measurement of the front doors, autodiscover", (log, hours) => Shape.Hosts(log, hours, 600, 20, 150, random => random.Next(5) switch
        {
            0 => $"{Words.Any(random)}{Words.Any(random)}{(random.Next(2) == 0 ? "-my" : "")}.sharepoint.com",
            1 => $"{Shape.HexText(random, 32)}.clo.footprintdns.com",
            2 => $"{Words.Any(random)}{Words.Any(random)}.mail.protection.outlook.com",
            3 => $"{Shape.Guid(random)}.fp.measure.office.com",
            _ => $"{Words.Any(random)}{Words.Any(random)}.b2clogin.com",
        })) { Hours = 10, Variants = 2 },
        new("game-relays", "Voice, game and remote-support relays by number and id; trackers and STUN", (log, hours) => Shape.Hosts(log, hours, 500, 8, 200, random => random.Next(5) switch
        {
            0 => $"{s_cities[random.Next(6)]}{random.Next(1000, 12000)}.discord.media",
            1 => $"relay-{Shape.HexText(random, 8)}.net.anydesk.com",
            2 => $"ext{random.Next(1, 9)}-{s_cities[random.Next(6)][..3]}{random.Next(1, 3)}.steamserver.net",
            3 => $"router{random.Next(1, 40)}.teamviewer.com",
            _ => $"stun{random.Next(1, 5)}.{Words.Domain(random)}",
        })) { Hours = 10, Variants = 2 },
        new("media-servers", "Plex: '<address>.<32 hex>.plex.direct' of own and shared servers", (log, hours) =>
        {
            var servers = Enumerable.Range(0, 12).Select(_ => Shape.HexText(log.Random, 32)).ToArray();
            Shape.Scatter(log, hours, 300, 5, random =>
            {
                var server = random.Next(servers.Length);
                return Answers.Host($"192-168-{server}-{10 + random.Next(3)}.{servers[server]}.plex.direct", RecordType.A);
            });
        }) { Hours = 10 },
        new("build-runner", "A build machine: registries, clusters, storage and artefacts of cloud providers by account and hash", (log, hours) => Shape.Hosts(log, hours, 900, 2, 160, random => random.Next(6) switch
        {
            0 => $"{random.NextInt64(100000000000, 999999999999)}.dkr.ecr.{s_regions[random.Next(4)]}.amazonaws.com",
            1 => $"{Shape.HexText(random, 32).ToUpperInvariant()}.gr7.{s_regions[random.Next(4)]}.eks.amazonaws.com",
            2 => $"productionresultssa{random.Next(20)}.blob.core.windows.net",
            3 => $"{Words.Any(random)}-{Words.Any(random)}-artifacts-{Shape.AnyText(random, 8)}.s3.{s_regions[random.Next(4)]}.amazonaws.com",
            4 => $"{Shape.AnyText(random, 10)}.cloudfront.net",
            _ => $"{Words.Any(random)}.{((string[])["pkg.dev", "jfrog.io", "pythonhosted.org", "npmjs.org"])[random.Next(4)]}",
        })) { Hours = 8, Variants = 2 },
        new("doh-canaries", "use-application-dns.net, mask.icloud.com, _dns.resolver.arpa, whoami and leak checks of a few users", (log, hours) =>
        {
            Shape.Scatter(log, hours, 300, 20, random => new(((string[])["use-application-dns.net", "mask.icloud.com", "mask-h2.icloud.com", "_dns.resolver.arpa", "dns.google", "one.one.one.one"])[random.Next(6)], RecordType.A, Reply.NxDomain("net")));
            foreach (var time in Shape.Times(log, hours, 6))
            {
                var client = log.Random.Next(20);
                for (var i = 0; i < 6; i++) log.Ask(time + i, client, $"{Shape.Guid(log.Random)}.test.dns-check-vendor.com", RecordType.A, Reply.Of(Record.A(0x17000009)));
            }
        }) { Hours = 10 },
        new("social-crawler", "A crawler over the pages of users of a host that no list knows: names that people choose, ids of those who did not", (log, hours) =>
        {
            var vendor = Vendor.Any(log.Random);
            foreach (var time in Shape.Times(log, hours, Shape.About(log, 1200))) vendor.Ask(log, time, 0, log.Random.Next(5) switch
            {
                0 => $"{Words.Any(log.Random)}{log.Random.Next(1960, 2012)}",
                1 => $"{Words.Any(log.Random)}_{Words.Any(log.Random)}",
                2 => $"user{log.Random.Next(100000, 9999999)}",
                3 => $"x{Words.Any(log.Random)}x{log.Random.Next(10)}",
                _ => Words.Any(log.Random) + Words.Any(log.Random),
            }, types: 1);
        }) { Hours = 6, Variants = 2 },
        new("email-pixels", "Newsletters: a host of 20-32 characters for each reader and sender, six readers", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 15, 25))
            {
                var length = log.Random.Next(20, 33);
                for (var mails = log.Random.Next(1, 6); mails > 0; mails--) vendor.Ask(log, log.Random.NextDouble() * hours * 3600, log.Random.Next(6), $"{Shape.AnyText(log.Random, length)}.em", types: 3);
            }
        }) { Hours = 24, Variants = 2 },
    ];
}
