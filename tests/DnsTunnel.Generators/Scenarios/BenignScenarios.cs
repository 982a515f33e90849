using DnsTunnel.Generators.Benign;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>A capture for each variant of each benign class.</summary>
internal static class BenignScenarios
{
    private const int LongHours = 12;

    public static IEnumerable<Scenario> All =>
        Reputation.Classes.Concat(Mail.Classes).Concat(Content.Classes).Concat(Infrastructure.Classes).Concat(Lookalikes.Classes).SelectMany(Of);

    public static IEnumerable<Scenario> Of(BenignClass item) => Enumerable.Range(1, item.Variants).Select(variant => Of(item, variant));

    private static Scenario Of(BenignClass item, int variant) => new($"benign/{item.Name}-{variant}.pcap", log =>
    {
        item.Build(log, item.Hours);
        if (item.HasBrowsing) OfficeDay.Light(log, item.Hours);
        return new(item.Name, item.Source) { Queries = log.Exchanges.Count, IsStress = item.IsStress };
    })
    {
        IsLong = variant > 1 || item.Hours > LongHours,
    };
}
