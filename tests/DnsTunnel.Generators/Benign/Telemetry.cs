using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Traffic;

namespace DnsTunnel.Generators.Benign;

/// <summary>Identifiers and time stamps in names under domains of nobody's list.</summary>
internal static class Telemetry
{
    private const int MostHashesADay = 40;
    private const int MostVisitsADay = 3;
    private const long CaptureStart = 1741046400;

    public static IEnumerable<BenignClass> Classes =>
    [
        new("hash-telemetry", "shape as seen in the field: a hash, UUID or base32 identifier a look-up, 3-14 an hour and at most 40 a day of a client and domain", Hashes) { Hours = 24, Variants = 3 },
        new("rum-burst", "shape as seen in the field: real-user measurement, 4-10 new names within 2 s of a page view, at most 30 a day", Bursts) { Hours = 24, Variants = 2 },
        new("counters", "shape as seen in the field: Unix seconds or milliseconds, counters and probe ids against caches, once in a minute or more", Counters) { Hours = 24, Variants = 2, IsPeriodic = true },
        new("device-ids", "shape as seen in the field: one or two constant ids a device (IoT, VPN, remote support), ten devices behind one address", Devices) { Hours = 24, Variants = 2, IsPeriodic = true },
    ];

    /// <summary>None to two labels that stay the same, each with its dot in front.</summary>
    public static string Behind(Random random) => string.Concat(Enumerable.Range(0, random.Next(3)).Select(_ => "." + Words.Any(random)));

    private static void Hashes(TrafficLog log, double hours)
    {
        foreach (var vendor in Vendor.Some(log.Random, 6, 9))
        {
            var (id, behind, types) = (Identifier(log.Random), Behind(log.Random), log.Random.Next(1, 4));
            for (var client = log.Random.Next(3); client < 12; client += log.Random.Next(1, 8))
            {
                var hour = log.Random.Next(Math.Max(1, (int)hours / 2));
                for (var left = log.Random.Next(3, MostHashesADay + 1); left > 0 && hour < hours; hour += log.Random.Next(1, 4))
                {
                    for (var count = Math.Min(left, log.Random.Next(3, 15)); count > 0; count--, left--)
                        vendor.Ask(log, (hour + log.Random.NextDouble()) * 3600, client, id(log.Random) + behind, types);
                }
            }
        }
    }

    private static void Bursts(TrafficLog log, double hours)
    {
        foreach (var vendor in Vendor.Some(log.Random, 4, 8))
        {
            var (id, behind, types) = (Identifier(log.Random), Behind(log.Random), log.Random.Next(1, 4));
            for (var client = 0; client < 6; client++)
            {
                for (var visits = log.Random.Next(MostVisitsADay + 1); visits > 0; visits--)
                {
                    var time = log.Random.NextDouble() * hours * 3600;
                    for (var count = log.Random.Next(4, 11); count > 0; count--) vendor.Ask(log, time + 2 * log.Random.NextDouble(), client, id(log.Random) + behind, types);
                }
            }
        }
    }

    private static void Counters(TrafficLog log, double hours)
    {
        var kinds = Kinds(log.Random);
        log.Random.Shuffle(kinds);
        foreach (var kind in kinds.Take(3))
        {
            var (vendor, behind, every) = (Vendor.Any(log.Random), Behind(log.Random), log.Random.Next(2) == 0 ? 60 : log.Random.Next(60, 300));
            var client = log.Random.Next(4);
            for (var (time, n) = (log.Random.NextDouble() * every, 0); time < hours * 3600; time += every, n++)
                vendor.Ask(log, time + 0.2 * log.Random.NextDouble(), client, kind(time, n) + behind, types: 1);
        }
    }

    private static void Devices(TrafficLog log, double hours)
    {
        var vendors = Vendor.Some(log.Random, 1, 4).Select(vendor => (vendor, Id: Constant(log.Random), Behind: Behind(log.Random))).ToArray();
        for (var device = 0; device < 10; device++)
        {
            var (vendor, id, behind) = vendors[log.Random.Next(vendors.Length)];
            for (var ids = log.Random.Next(1, 3); ids > 0; ids--)
            {
                var name = id(log.Random) + behind;
                var every = log.Random.Next(180, 3600);
                for (var time = log.Random.NextDouble() * every; time < hours * 3600; time += every * (0.95 + 0.1 * log.Random.NextDouble())) vendor.Ask(log, time, 0, name, types: 1);
            }
        }
    }

    /// <summary>The form of one provider's identifiers; the length is the provider's too.</summary>
    private static Func<Random, string> Identifier(Random random)
    {
        var length = random.Next(20, 33);
        return random.Next(5) switch
        {
            0 => r => Shape.HexText(r, 16),
            1 => r => Shape.HexText(r, 32),
            2 => Shape.Guid,
            3 => r => Shape.Base32Text(r, length),
            _ => r => Shape.AnyText(r, length),
        };
    }

    private static Func<Random, string> Constant(Random random)
    {
        var length = random.Next(16, 41);
        return random.Next(4) switch
        {
            0 => r => Shape.HexText(r, length),
            1 => Shape.Guid,
            2 => r => $"device-{Shape.AnyText(r, 16)}",
            _ => r => Shape.AnyText(r, length),
        };
    }

    private static Func<double, int, string>[] Kinds(Random random)
    {
        var (first, probe, measurement) = (random.Next(1000, 90_000_000), random.Next(1000, 70000), random.Next(1_000_000, 9_000_000));
        return
        [
            (time, _) => $"{CaptureStart + (long)time}",
            (time, _) => $"{(long)((CaptureStart + time) * 1000)}",
            (time, _) => $"{(long)((CaptureStart + time) * 1000):x}-{probe}",
            (time, _) => $"p{probe}.{CaptureStart + (long)time}.m{measurement}",
            (_, n) => $"{first + n}",
            (_, n) => $"check-{first + n * 7:d9}",
            (_, _) => $"cb{random.NextInt64(10_000_000_000):d10}",
        ];
    }
}
