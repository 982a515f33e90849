namespace DnsTunnel.Tools;

/// <summary>Counts names by trait and tells the tool.</summary>
internal sealed class ToolTally
{
    private const int MinNames = 5;
    private const double MinShare = 0.8;

    private readonly double[] _names = new double[ToolTraits.All.Count];
    private double _total;

    /// <param name="domain">The registered domain that the names are under.</param>
    /// <param name="number">Of their trait; 0 for none.</param>
    /// <param name="names">How many.</param>
    public void Add(string domain, byte number, double names)
    {
        _total += names;
        if (number == 0 || ToolTraits.All[number - 1].NotUnder.Contains(domain, StringComparer.Ordinal)) return;
        _names[number - 1] += names;
    }

    /// <summary>The tool; null when no trait is there often enough, or those of two tools are there equally often.</summary>
    public ToolSighting? Tell()
    {
        var tools = ToolTraits.All
            .Select((trait, i) => (Trait: trait, Names: _names[i]))
            .Where(t => t.Names > 0)
            .GroupBy(t => t.Trait.Tool, (_, traits) => traits.OrderByDescending(t => t.Trait.IsStrong).ThenByDescending(t => t.Names).ToArray())
            .Where(IsEnough)
            .OrderByDescending(Sum)
            .Take(2)
            .ToArray();
        if (tools.Length == 0 || (tools.Length == 2 && Sum(tools[0]) <= Sum(tools[1]))) return null;
        var best = tools[0][0].Trait;
        return new ToolSighting(best, tools[0].Where(t => t.Trait.Description == best.Description).Sum(t => t.Names), _total);
    }

    private bool IsEnough((ToolTrait Trait, double Names)[] traits) =>
        traits[0].Trait.IsStrong || (Sum(traits) >= MinNames && Sum(traits) >= MinShare * _total && traits.Count(t => t.Trait.IsHalf) != 1);

    private static double Sum((ToolTrait Trait, double Names)[] traits) => traits.Sum(t => t.Names);
}
