using DnsTunnel.Generators.Traffic;

namespace DnsTunnel.Generators.Benign;

/// <summary>Ordinary traffic that looks like a tunnel and stands on nobody's list: the domains are invented and change with the seed.</summary>
internal static class Lookalikes
{
    private const int People = 300;
    private const int PagesPerHour = 2;

    public static IEnumerable<BenignClass> Classes =>
    [
        .. Apart,
        new("busy-resolver", "all the classes of invented domains behind one resolver address, as the outside of a cache for 300 people shows them", Together) { IsStress = true, Hours = 2, Variants = 2, HasBrowsing = false },
    ];

    private static IEnumerable<BenignClass> Apart => Telemetry.Classes.Concat(Fleets.Classes).Concat(Inventory.Classes).Concat(MailLinks.Classes);

    private static void Together(TrafficLog log, double hours)
    {
        foreach (var item in Apart)
        {
            var alone = new TrafficLog(new Random(log.Random.Next()));
            item.Build(alone, item.IsPeriodic ? hours : item.Hours);
            // The day of a few people, folded, is two hours of many.
            foreach (var exchange in alone.Exchanges) log.Ask(exchange.Time % (hours * 3600), 0, exchange.Question);
        }
        // One client with the pages of all, because the resolver has one cache.
        new OfficeDay(log, 1, hours, People * PagesPerHour).Emit();
    }
}
