namespace DnsTunnel.Detection;

/// <summary>
/// Finds domains of one client whose names are made alike: one payload may be spread over several domains with little on each.
/// </summary>
internal static class SiblingFinder
{
    /// <summary>Two providers give hosts alike ids by chance; who spreads a payload over two domains has half of it on each.</summary>
    private const int MinDomains = 3;
    private const int MinNames = 2;
    private const int MinBits = 30;

    /// <summary>Names of words that carry as much are as seldom as random ones.</summary>
    private const int ManyBits = 90;

    /// <summary>The dearest names of a group carry at most this many times what the cheapest do.</summary>
    private const double MaxSpread = 1.3;

    /// <param name="suspects">Of one client.</param>
    public static IEnumerable<Suspect[]> Groups(IEnumerable<Suspect> suspects) => suspects
        .Where(IsMadeByMachine)
        .GroupBy(s => UsualShape(s.Timeline))
        .SelectMany(g => SplitBySize([.. g.OrderBy(s => BitsPerName(s.Timeline)).ThenBy(s => s.Domain, StringComparer.Ordinal)]))
        .Where(g => g.Length >= MinDomains);

    /// <summary>
    /// All names new, and of letters and digits at random or of many words. Mail servers ask every sender for selector._domainkey: those do not make
    /// domains alike.
    /// </summary>
    private static bool IsMadeByMachine(Suspect suspect)
    {
        var total = suspect.Timeline.Total;
        return total.Names >= MinNames && total.Services <= 0.5 * total.Names && total.Reused <= 0.3 * total.Names
            && total.Bits >= (total.Random >= 0.7 * total.Names ? MinBits : ManyBits) * total.Names;
    }

    private static double BitsPerName(Timeline timeline) => timeline.Total.Bits / timeline.Total.Names;

    /// <summary>How most names are made: how many labels, of which alphabet.</summary>
    private static int UsualShape(Timeline timeline)
    {
        Span<int> counts = stackalloc int[byte.MaxValue + 1];
        foreach (var name in timeline.Events)
        {
            if (name.Sums.Names > 0) counts[name.Shape]++;
        }

        var most = 0;
        for (var i = 1; i < counts.Length; i++)
        {
            if (counts[i] > counts[most]) most = i;
        }

        return most;
    }

    private static IEnumerable<Suspect[]> SplitBySize(Suspect[] suspects)
    {
        for (var first = 0; first < suspects.Length;)
        {
            var next = first + 1;
            while (next < suspects.Length && BitsPerName(suspects[next].Timeline) <= MaxSpread * BitsPerName(suspects[first].Timeline)) next++;
            yield return suspects[first..next];
            first = next;
        }
    }
}
