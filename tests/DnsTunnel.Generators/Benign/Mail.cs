using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Mail authentication, certificates, and reverse names.</summary>
internal static class Mail
{
    public static IEnumerable<BenignClass> Classes =>
    [
        new("mail-authentication", "RFC 6376 (DKIM), 7208 (SPF), 7489 (DMARC), 8461 (MTA-STS), 8460 (TLSRPT), 7672 (DANE)", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, Shape.About(log, 200))) Authenticate(log, time, Words.Domain(log.Random));
        }) { Variants = 2 },
        new("mail-one-sender", "RFC 6376: many selectors of one bulk sender (amazonses.com, sendgrid.net)", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 120), 1, random => new($"{Shape.Base32Text(random, 32)}._domainkey.amazonses.com", RecordType.Txt, Reply.Of(Record.Txt("p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQC" + Shape.AnyText(random, 170), 1800))))),
        new("spf-macro", "RFC 7208 section 7: %{ir}.%{v}._spf exists", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 160), 1, random => new($"{Address.Reversed(Address.Public(random))}.in-addr._spf.{(random.Next(2) == 0 ? "salesforce.com" : "pphosted.com")}", RecordType.A, Shape.Local()))),
        new("acme", "RFC 8555 section 8.4: _acme-challenge TXT of many own hosts", (log, hours) =>
        {
            var zone = Words.Domain(log.Random);
            Shape.Scatter(log, hours, Shape.About(log, 80), 1, random => new($"_acme-challenge.{Words.Any(random)}.{zone}", RecordType.Txt, Reply.Of(Record.Txt(Shape.AnyText(random, 43), 60))));
        }),
        new("ptr-sweep-v4", "RFC 1035 section 3.5: an inventory scanner over its own /22 and a log analyser over addresses of visitors", (log, hours) =>
        {
            var network = 0x0A140000u;
            for (uint i = 0; i < 1024; i++) log.Ask(60 + i * 0.05, 0, $"{Address.Reversed(network + i)}.in-addr.arpa", RecordType.Ptr, i % 5 == 0 ? Reply.Of(Record.Ptr($"host{i}.corp.example")) : Reply.NxDomain("10.in-addr.arpa"));
            Shape.Scatter(log, hours, 1500, 1, random => new($"{Address.Reversed(Address.Public(random))}.in-addr.arpa", RecordType.Ptr, random.Next(2) == 0 ? Reply.NxDomain("in-addr.arpa") : Reply.Of(Record.Ptr($"{Address.Dotted(Address.Public(random), '-')}.dynamic.{Words.Domain(random)}"))));
        }) { Variants = 2 },
        new("ptr-log-analyser", "RFC 1035 section 3.5: a web log analyser that resolves thousands of addresses, then checks them forward", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, 2500))
            {
                var address = Address.Public(log.Random);
                var host = $"{Address.Dotted(address, '-')}.{(log.Random.Next(3) == 0 ? "compute-1.amazonaws.com" : log.Random.Next(2) == 0 ? "bc.googleusercontent.com" : "fbx.proxad.net")}";
                log.Ask(time, 0, $"{Address.Reversed(address)}.in-addr.arpa", RecordType.Ptr, Reply.Of(Record.Ptr(host)));
                if (log.Random.Next(3) == 0) log.Ask(time + 0.05, 0, host, RecordType.A, Reply.Of(Record.A(address)));
            }
        }),
        new("ptr-sweep-v6", "RFC 3596 section 2.5: neighbours and flows resolved by a monitor", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 500), 2, random => new($"{Address.ReversedNibbles(Answers.Version6((uint)random.Next(400)))}.ip6.arpa", RecordType.Ptr, Reply.NxDomain("ip6.arpa")))),
        new("mail-tracking", "SendGrid link branding and click tracking: u<id>.ct.sendgrid.net, url<id>.<domain>", (log, hours) =>
            Shape.Hosts(log, hours, Shape.About(log, 200), 8, 120, random => random.Next(3) switch
            {
                0 => $"u{random.Next(1000000, 50000000)}.ct.sendgrid.net",
                1 => $"url{random.Next(1000, 9999)}.{Words.Domain(random)}",
                _ => $"{Shape.HexText(random, 12)}.list-manage.com",
            })),
        new("ct-monitor", "RFC 6962: a bot that resolves the new names of certificate logs", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, Shape.About(log, 1500)))
            {
                var domain = Words.Domain(log.Random);
                foreach (var host in (string[])["", "www.", $"{Words.Any(log.Random)}-{log.Random.Next(100)}.", "mail."])
                    log.Ask(time, 0, $"{host}{domain}", RecordType.A, log.Random.Next(4) == 0 ? Reply.NxDomain(domain) : Answers.For(host + domain, RecordType.A));
            }
        }),
    ];

    public static void Authenticate(TrafficLog log, double time, string domain)
    {
        var selector = ((string[])["selector1", "selector2", "google", "s1", "k1", "default", "mail", "20230601", "fm1", "pm"])[log.Random.Next(10)];
        log.Ask(time, 0, domain, RecordType.Mx, Reply.Of(Record.Mx(10, $"mx1.{domain}")));
        log.Ask(time + 0.02, 0, $"mx1.{domain}", RecordType.A, Answers.For($"mx1.{domain}", RecordType.A));
        log.Ask(time + 0.03, 0, domain, RecordType.Txt, Reply.Of(Record.Txt("v=spf1 include:_spf.google.com ~all"), Record.Txt("google-site-verification=" + Shape.AnyText(log.Random, 43))));
        log.Ask(time + 0.04, 0, "_spf.google.com", RecordType.Txt, Reply.Of(Record.Txt("v=spf1 include:_netblocks.google.com include:_netblocks2.google.com ~all")));
        log.Ask(time + 0.05, 0, $"{selector}._domainkey.{domain}", RecordType.Txt, Reply.Of(Record.Txt("v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" + Shape.AnyText(log.Random, 330))));
        log.Ask(time + 0.06, 0, $"_dmarc.{domain}", RecordType.Txt, Reply.Of(Record.Txt($"v=DMARC1; p=none; rua=mailto:dmarc@{domain}")));
        log.Ask(time + 0.07, 0, $"_mta-sts.{domain}", RecordType.Txt, log.Random.Next(4) == 0 ? Reply.Of(Record.Txt("v=STSv1; id=20250101000000Z;")) : Reply.NxDomain(domain));
        log.Ask(time + 0.08, 0, $"_smtp._tls.{domain}", RecordType.Txt, Reply.NxDomain(domain));
        log.Ask(time + 0.09, 0, $"_25._tcp.mx1.{domain}", RecordType.Tlsa, Reply.NxDomain(domain));
    }
}
