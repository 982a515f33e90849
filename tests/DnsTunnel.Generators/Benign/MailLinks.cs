using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Benign;

/// <summary>What mail of many senders brings: tracking links for the readers, keys and policies for the server.</summary>
internal static class MailLinks
{
    public static IEnumerable<BenignClass> Classes =>
    [
        new("click-links", "shape as seen in the field: click and open tracking with labels of 40-63 hex or base64 characters, 1-4 a day of a domain", Links) { Hours = 24, Variants = 2 },
        new("mail-selectors", "RFC 6376, 8460, 8461, draft-brand-indicators-for-message-identification: a mail server fetches 10-20 names of each of many senders, with long selectors", Selectors) { Hours = 12, Variants = 2 },
    ];

    private static void Links(TrafficLog log, double hours)
    {
        foreach (var vendor in Vendor.Some(log.Random, 12, 18))
        {
            var (length, kind, behind, types) = (log.Random.Next(40, 64), log.Random.Next(3), Telemetry.Behind(log.Random), log.Random.Next(1, 4));
            for (var links = log.Random.Next(1, 5); links > 0; links--)
                vendor.Ask(log, log.Random.NextDouble() * hours * 3600, log.Random.Next(8), Link(log.Random, kind, length) + behind, types);
        }
    }

    private static string Link(Random random, int kind, int length)
    {
        if (kind == 0) return Shape.HexText(random, length);
        if (kind == 1) return Shape.Base32Text(random, length);
        var bytes = new byte[48];
        random.NextBytes(bytes);
        return Radix.Base64Url.Encode(bytes)[..length].Trim('-');
    }

    private static void Selectors(TrafficLog log, double hours)
    {
        for (var senders = log.Random.Next(20, 41); senders > 0; senders--)
        {
            var (domain, kind) = (Words.Domain(log.Random), log.Random.Next(4));
            for (var names = log.Random.Next(10, 21); names > 0; names--)
            {
                var (name, text) = log.Random.Next(10) switch
                {
                    0 => ("_smtp._tls", $"v=TLSRPTv1; rua=mailto:tls@{domain}"),
                    1 => ("_mta-sts", "v=STSv1; id=20250101000000Z;"),
                    2 => ($"{Selector(log.Random, kind)}._bimi", $"v=BIMI1; l=https://{domain}/logo.svg"),
                    3 => ("_dmarc", $"v=DMARC1; p=reject; rua=mailto:dmarc@{domain}"),
                    _ => ($"{Selector(log.Random, kind)}._domainkey", "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA" + Shape.AnyText(log.Random, 330)),
                };
                log.Ask(log.Random.NextDouble() * hours * 3600, 0, $"{name}.{domain}", RecordType.Txt, log.Random.Next(5) == 0 ? Reply.NxDomain(domain) : Reply.Of(Record.Txt(text)));
            }
        }
    }

    private static string Selector(Random random, int kind) => kind switch
    {
        0 => Shape.Base32Text(random, 32),
        1 => Shape.Guid(random),
        2 => $"s{random.Next(2020, 2026)}{random.Next(1, 13):d2}{random.Next(1, 29):d2}-{Shape.HexText(random, 16)}",
        _ => $"{Words.Any(random)}-{Words.Any(random)}-{Shape.AnyText(random, 12)}",
    };
}
