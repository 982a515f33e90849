using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>Look-ups that carry a hash or an address on purpose: antivirus, reputation, blocklists.</summary>
internal static class Reputation
{
    public static IEnumerable<BenignClass> Classes =>
    [
        new("sophos", "Sophos Extensible List look-ups (support.sophos.com, sophosxl.net)", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 300), 6, random => random.Next(3) == 0
                ? new($"{Shape.HexText(random, 32)}.i.0{random.Next(10)}.s.sophosxl.net", RecordType.Txt, Reply.Of(Record.Txt("w m g", 3600)))
                : new($"{random.Next(10)}.{Shape.Base32Text(random, 26)}.w.0{random.Next(10)}.s.sophosxl.net", RecordType.Txt, Reply.Of(Record.Txt("u", 3600))))) { Variants = 2 },
        new("mcafee-gti", "McAfee GTI File Reputation over DNS (KB53735): avqs/avts.mcafee.com", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 250), 5, random => random.Next(3) > 0
                ? new($"0.0.0.0.1.0.0.4e.{Shape.AnyText(random, 26)}.avqs.mcafee.com", RecordType.A, Shape.Local(4))
                : new($"a-0.19-{random.Next(1 << 28):x8}.{random.Next(1 << 28):x7}.1518.19d7.3ea3.210.0.{Shape.AnyText(random, 26)}.avts.mcafee.com", RecordType.A, Shape.Local(1)))) { Variants = 2 },
        new("eset", "ESET LiveGrid and anti-spam ports and hosts (KB332): e5.sk", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 200), 4, random => new($"{Shape.Base32Text(random, 48)}.{Shape.Base32Text(random, 20)}aeaqcaibaeaq.{"abc"[random.Next(3)]}.e.e5.sk", RecordType.Txt, Reply.Of(Record.Txt(Shape.Base32Text(random, 24), 600))))) { Variants = 2 },
        new("trendmicro", "Trend Micro Smart Protection Network hosts, layout approximated: trendmicro.com", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 160), 4, random => new($"{Shape.HexText(random, 40)}.{random.Next(1, 9)}.census.trendmicro.com", RecordType.Txt, Reply.Of(Record.Txt("0", 1800))))),
        new("umbrella", "Cisco Umbrella roaming client and debug names, layout approximated: opendns.com", (log, hours) =>
        {
            var devices = Enumerable.Range(0, 8).Select(_ => Shape.HexText(log.Random, 16)).ToArray();
            Shape.Scatter(log, hours, Shape.About(log, 300), 8, random => random.Next(2) == 0
                ? new("debug.opendns.com", RecordType.Txt, Reply.Of(Record.Txt("server m12.fra", 0)))
                : new($"{devices[random.Next(8)]}.probe.opendns.com", RecordType.Txt, Reply.Of(Record.Txt("ok", 0))));
        }),
        new("cymru-hash", "Team Cymru Malware Hash Registry over DNS (team-cymru.com/mhr)", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 400), 1, random => random.Next(20) == 0
                ? new($"{Shape.HexText(random, 40)}.malware.hash.cymru.com", RecordType.A, Shape.Local())
                : new($"{Shape.HexText(random, random.Next(2) == 0 ? 32 : 40)}.malware.hash.cymru.com", RecordType.A, Reply.NxDomain("hash.cymru.com")))) { Variants = 2 },
        new("cymru-asn", "Team Cymru IP to ASN mapping over DNS: origin.asn.cymru.com", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 500), 1, random => new($"{Address.Reversed(Address.Public(random))}.origin.asn.cymru.com", RecordType.Txt, Reply.Of(Record.Txt($"{random.Next(60000)} | 11.2.0.0/16 | US | arin | 1999-01-01", 14400))))),
        new("dnsbl", "RFC 5782; Spamhaus, Barracuda, SpamCop usage pages", (log, hours) => MailServer(log, hours, Shape.About(log, 400), ["zen.spamhaus.org"])) { Variants = 2 },
        new("dnsbl-many", "RFC 5782: one mail server asks several lists the same addresses", (log, hours) =>
            MailServer(log, hours, Shape.About(log, 250), ["zen.spamhaus.org", "b.barracudacentral.org", "bl.spamcop.net", "psbl.surriel.com", "dnsbl.sorbs.net", "ix.dnsbl.manitu.net"])) { Variants = 2 },
        new("dnsbl-ipv6", "RFC 5782 section 2.4: 32 nibbles", (log, hours) =>
            Shape.Scatter(log, hours, Shape.About(log, 250), 1, random => new($"{Address.ReversedNibbles(Answers.Version6((uint)random.Next()))}.zen.spamhaus.org", RecordType.A, Reply.NxDomain("zen.spamhaus.org")))),
        new("uri-lists", "SURBL and URIBL usage pages, Spamhaus DBL", (log, hours) =>
        {
            foreach (var time in Shape.Times(log, hours, Shape.About(log, 250)))
            {
                var domain = Words.Domain(log.Random);
                foreach (var list in (string[])["multi.surbl.org", "multi.uribl.com", "dbl.spamhaus.org"])
                    log.Ask(time, 0, $"{domain}.{list}", RecordType.A, log.Random.Next(30) == 0 ? Shape.Local() : Reply.NxDomain(list));
            }
        }) { Variants = 2 },
        new("hash-lists", "Spamhaus HBL technical documentation (docs.spamhaus.com): base32 SHA-256 or SHA-1 hex under a customer key", (log, hours) =>
        {
            var key = Shape.AnyText(log.Random, 26);
            Shape.Scatter(log, hours, Shape.About(log, 200), 1, random => random.Next(2) == 0
                ? new($"{Shape.Base32Text(random, 52)}._file.{key}.hbl.dq.spamhaus.net", RecordType.A, Reply.NxDomain("dq.spamhaus.net"))
                : new($"{Shape.HexText(random, 40)}._email.{key}.hbl.dq.spamhaus.net", RecordType.A, Reply.NxDomain("dq.spamhaus.net")));
        }),
    ];

    private static void MailServer(TrafficLog log, double hours, int messages, string[] lists)
    {
        foreach (var time in Shape.Times(log, hours, messages))
        {
            var reversed = Address.Reversed(Address.Public(log.Random));
            var isListed = log.Random.Next(4) == 0;
            foreach (var list in lists)
            {
                log.Ask(time, 0, $"{reversed}.{list}", RecordType.A, isListed ? Shape.Local(4) : Reply.NxDomain(list));
                if (isListed) log.Ask(time + 0.1, 0, $"{reversed}.{list}", RecordType.Txt, Reply.Of(Record.Txt("https://www.spamhaus.org/query/ip/", 300)));
            }
            log.Ask(time, 0, $"{reversed}.in-addr.arpa", RecordType.Ptr, log.Random.Next(2) == 0 ? Reply.NxDomain("in-addr.arpa") : Reply.Of(Record.Ptr($"mail.{Words.Domain(log.Random)}")));
        }
    }
}
