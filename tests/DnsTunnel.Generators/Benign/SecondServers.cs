using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Ordinary traffic of servers, resolvers and instruments in the second held-out set.</summary>
internal static class SecondServers
{
    private const ushort EdnsSize = 1232;
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly string[] s_lists =
        ["zen.spamhaus.org", "b.barracudacentral.org", "bl.spamcop.net", "psbl.surriel.com", "dnsbl-1.uceprotect.net", "hostkarma.junkemailfilter.com", "list.dnswl.org", "bl.score.senderscore.com", "dnsbl.dronebl.org"];

    public static IEnumerable<BenignClass> Classes =>
    [
        new("mail-hub", "RFC 7208 macros with address, sender and HELO; RFC 7672, 8461, 8617; nine lists; 800 messages a day", Hub) { Hours = 24, HasBrowsing = false, Variants = 2 },
        new("mail-keys", "RFC 7929 and 8162: keys of correspondents, 56 hex digits under _openpgpkey and _smimecert", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, 60))
                log.Ask(time, 0, $"{Shape.HexText(log.Random, 56)}.{(log.Random.Next(2) == 0 ? "_openpgpkey" : "_smimecert")}.{Words.Of((byte)log.Random.Next(8))}mail.org", 61, Reply.NxDomain("org"));
        }) { Hours = 12 },
        new("address-check", "A list cleaner: MX, A and TXT of thousands of senders' domains, and of the hosts of those", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, 1500))
            {
                var domain = Words.Domain(log.Random);
                log.Ask(time, 0, domain, RecordType.Mx, Reply.Of(Record.Mx(10, $"mx.{domain}"), Record.Mx(20, $"mx2.{domain}")));
                log.Ask(time + 0.02, 0, $"mx.{domain}", RecordType.A, Answers.For($"mx.{domain}", RecordType.A));
                if (log.Random.Next(2) == 0) log.Ask(time + 0.03, 0, domain, RecordType.Txt, Reply.Of(Record.Txt("v=spf1 mx -all")));
            }
        }) { Hours = 5, HasBrowsing = false },
        new("certificate-robot", "acme-dns (github.com/joohoi/acme-dns) at a hoster: a GUID a customer, TXT, 12-25 a night", (log, hours) =>
        {
            var zone = "auth." + Words.Domain(log.Random);
            foreach (var time in Shape.Times(log, hours, log.Random.Next(12, 26)))
            {
                var target = $"{Shape.Guid(log.Random)}.{zone}";
                log.Ask(time, 0, $"_acme-challenge.{Words.Domain(log.Random)}", RecordType.Txt, Reply.Of(Record.Cname(target, 60), Record.Txt(Shape.AnyText(log.Random, 43), 1)));
                log.Ask(time + 5, 0, target, RecordType.Txt, Reply.Of(Record.Txt(Shape.AnyText(log.Random, 43), 1)));
            }
        }) { Hours = 8, Variants = 2 },
        new("tuned-resolver", "Unbound with QNAME minimisation, 0x20, DNSSEC and prefetch: NS, DS and minimised names of 800 zones, from outside", Tuned) { Hours = 4, HasBrowsing = false, Variants = 2 },
        new("hoster-resolver", "A web hoster's resolver from outside: sites of customers, their updates, mail and statistics", (log, hours) =>
        {
            var sites = Sites.Tail(900, log.Random.Next());
            foreach (var time in Shape.Times(log, hours, 8000))
            {
                var site = sites[(int)(sites.Length * Math.Pow(log.Random.NextDouble(), 2))];
                var zone = Answers.Zone(site);
                var host = log.Random.Next(6) switch { 0 => $"mail.{zone}", 1 => $"ftp.{zone}", 2 => $"cpanel.{zone}", 3 => "api.wordpress.org", 4 => $"{Words.Of((byte)StableHash.Of(zone))}.{zone}", _ => site };
                log.Ask(time, Address.Egress(log.Random.Next(2)), 0x17000000u | (StableHash.Of(zone) & 0xFFFF), Answers.Host(Cased(host, log.Random), RecordType.A), EdnsSize);
            }
        }) { Hours = 4, HasBrowsing = false },
        new("campus-resolver", "A university's resolver from outside: browsing of 250 people through one cache, telemetry that lists know", (log, hours) =>
        {
            new OfficeDay(log, 1, hours, 500).Emit();
            Shape.Scatter(log, hours, 300, 1, random => Answers.Host($"{Shape.HexText(random, 32)}.clo.footprintdns.com", RecordType.A));
            Shape.Scatter(log, hours, 300, 1, random => Answers.Host($"rr{random.Next(1, 9)}---sn-{Shape.AnyText(random, 8)}.googlevideo.com", RecordType.A));
            Shape.Scatter(log, hours, 200, 1, random => Answers.Host($"{Words.Any(random)}{random.Next(100)}.tumblr.com", RecordType.A));
        }) { Hours = 3, HasBrowsing = false, Variants = 2 },
        new("atlas-measurements", "RIPE Atlas built-in and user measurements: probe and time before the name; whoami, id.server, hostname.bind", (log, hours) =>
        {
            var probe = log.Random.Next(1000, 60000);
            for (var time = 5.0; time < hours * 3600; time += 600)
            {
                foreach (var name in (string[])["hostname.bind", "id.server", "version.bind"]) log.Ask(time, 0, name, RecordType.Txt, Reply.Of(Record.Txt("m12.fra", 0)));
                log.Ask(time + 2, 0, $"p{probe}.t{1741046400 + (int)time}.dns-persist.ripe-atlas-test.net", RecordType.A, Reply.Of(Record.A(0x17000004, 0)));
                log.Ask(time + 3, 0, "o-o.myaddr.l.google.com", RecordType.Txt, Reply.Of(Record.Txt(Address.Dotted(Address.Public(log.Random)), 0)));
                log.Ask(time + 4, 0, "whoami.akamai.net", RecordType.A, Reply.Of(Record.A(Address.Public(log.Random), 0)));
            }
        }) { Hours = 24 },
        new("time-pool", "NTP pools by zone, whose addresses are new each time", (log, hours) =>
            Shape.Scatter(log, hours, 900, 15, random => new($"{random.Next(4)}.{((string[])["pool.ntp.org", "de.pool.ntp.org", "debian.pool.ntp.org", "android.pool.ntp.org"])[random.Next(4)]}", random.Next(2) == 0 ? RecordType.A : RecordType.Aaaa,
                Reply.Of([.. Enumerable.Range(0, 4).Select(_ => Record.A(Address.Public(random), 60))])))) { Hours = 12 },
        new("ptr6-scanners", "RFC 3596 section 2.5: a server asks for the names of those who scan it over IPv6, random addresses in a few networks", (log, hours) =>
        {
            var networks = Enumerable.Range(0, 12).Select(_ => { var bytes = new byte[16]; log.Random.NextBytes(bytes); (bytes[0], bytes[1]) = (0x2A, 0x05); return bytes; }).ToArray();
            Shape.Scatter(log, hours, Shape.About(log, 900), 1, random =>
            {
                var address = networks[random.Next(networks.Length)].ToArray();
                random.NextBytes(address.AsSpan(8));
                return new($"{Address.ReversedNibbles(address)}.ip6.arpa", RecordType.Ptr, Reply.NxDomain("ip6.arpa"));
            });
        }) { Hours = 10, Variants = 2 },
        new("water-torture", "Random-subdomain attacks (Luo et al. 2018): letters at random before a victim's name, from 40 bots behind one resolver", (log, hours) =>
        {
            var victim = Words.Domain(log.Random);
            for (var (time, n) = (600.0, 0); n < 4000; n++, time += 0.2 * log.Random.NextDouble())
                log.Ask(time, log.Random.Next(40), new($"{new string([.. Enumerable.Range(0, 12).Select(_ => Letters[log.Random.Next(26)])])}.www.{victim}", RecordType.A, log.Random.Next(3) == 0 ? Reply.Silence : Reply.NxDomain(victim)));
        }) { Hours = 3, Variants = 2 },
        new("water-torture-one", "The same from one address, as outside of the resolver: nothing but its owner tells it from a tunnel without answers", (log, hours) =>
        {
            var victim = Words.Domain(log.Random);
            for (var (time, n) = (600.0, 0); n < 3000; n++, time += 0.2 * log.Random.NextDouble())
                log.Ask(time, 0, new($"{Shape.AnyText(log.Random, 10)}.{victim}", RecordType.A, Reply.NxDomain(victim)));
        }) { Hours = 3, IsStress = true },
        new("asset-scanner", "A scanner of one's own estate: the names of certificates and zones of 30 subsidiaries, A and CNAME", (log, hours) =>
        {
            foreach (var vendor in Vendor.Some(log.Random, 25, 35))
            {
                var start = log.Random.NextDouble() * hours * 3600;
                for (var i = log.Random.Next(8, 40); i > 0; i--) vendor.Ask(log, start + i * 0.3, 0, log.Random.Next(4) switch
                {
                    0 => $"{Words.Any(log.Random)}-{((string[])["dev", "uat", "prod", "dr"])[log.Random.Next(4)]}",
                    1 => $"{Words.Any(log.Random)}{log.Random.Next(1, 30):d2}",
                    2 => $"{Words.Any(log.Random)}.{((string[])["emea", "apac", "us"])[log.Random.Next(3)]}",
                    _ => $"vpn-{s_sites[log.Random.Next(s_sites.Length)]}{log.Random.Next(1, 4)}",
                });
            }
        }) { Hours = 5, Variants = 2 },
        new("antivirus-cloud", "A cloud look-up that no exception names: kind, hash and version in labels, 15-40 a client and day, six clients", (log, hours) =>
        {
            var vendor = Vendor.Any(log.Random);
            for (var client = 0; client < 6; client++)
            {
                foreach (var time in Shape.Times(log, hours, log.Random.Next(15, 41))) vendor.Ask(log, time, client, $"{log.Random.Next(1, 4)}.{Shape.HexText(log.Random, 32)}.{log.Random.Next(4, 7)}-2.q", types: 1);
            }
        }) { Hours = 24, Variants = 2 },
    ];

    private static readonly string[] s_sites = ["fra", "lon", "nyc", "sin", "syd"];

    private static void Hub(TrafficLog log, double hours)
    {
        string[] esps = ["_spf.vendor-mail.com", "spf.sender-cloud.net", "_spf.bulk-esp.io"];
        foreach (var time in Shape.Times(log, hours, 800))
        {
            var (sender, domain) = (Address.Public(log.Random), Words.Domain(log.Random));
            var reversed = Address.Reversed(sender);
            for (var i = 0; i < s_lists.Length; i++) log.Ask(time + 0.01 * i, 0, $"{reversed}.{s_lists[i]}", RecordType.A, log.Random.Next(6) == 0 ? Shape.Local() : Reply.NxDomain(s_lists[i]));
            log.Ask(time + 0.1, 0, $"{reversed}.in-addr.arpa", RecordType.Ptr, Reply.Of(Record.Ptr($"mta{log.Random.Next(40)}.{domain}")));
            Mail.Authenticate(log, time + 0.2, domain);
            var esp = esps[log.Random.Next(esps.Length)];
            if (log.Random.Next(2) == 0) log.Ask(time + 0.4, 0, $"{reversed}.in-addr.{domain}.{esp}", RecordType.A, Shape.Local());
            if (log.Random.Next(4) == 0) log.Ask(time + 0.4, 0, $"{Words.Any(log.Random)}.{Words.Any(log.Random)}._mx{log.Random.Next(100)}.{reversed}._i.{domain}._spf.vendor-dmarc.com", RecordType.A, Shape.Local());
            if (log.Random.Next(3) == 0) log.Ask(time + 0.5, 0, $"{domain}._report._dmarc.{Words.Of((byte)log.Random.Next(12))}report.com", RecordType.Txt, Reply.Of(Record.Txt("v=DMARC1")));
            if (log.Random.Next(3) == 0) log.Ask(time + 0.6, 0, $"{Words.Domain(log.Random)}.dbl.spamhaus.org", RecordType.A, Reply.NxDomain("spamhaus.org"));
        }
    }

    private static void Tuned(TrafficLog log, double hours)
    {
        var sites = Sites.Tail(800, log.Random.Next());
        foreach (var start in Shape.Times(log, hours, 3000))
        {
            var host = sites[(int)(sites.Length * log.Random.NextDouble())];
            var zone = Answers.Zone(host);
            var time = start;
            foreach (var question in (Question[])[new(zone, RecordType.Ns, Reply.Of(Record.Ns($"ns1.{zone}"))), new(zone, RecordType.Ds, Reply.NoData(zone)), new($"_.{zone}", RecordType.A, Reply.NoData(zone)), Answers.Host(host, RecordType.A), Answers.Host($"ns1.{zone}", RecordType.Aaaa)])
                log.Ask(time += 0.02, Address.Egress(0), 0x17000000u | (StableHash.Of(zone) & 0xFFFF), question with { Name = Cased(question.Name, log.Random) }, EdnsSize);
        }
    }

    private static string Cased(string name, Random random) => string.Concat(name.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : c));
}
