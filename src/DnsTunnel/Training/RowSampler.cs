using DnsTunnel.Detection;

namespace DnsTunnel.Training;

/// <summary>Picks windows of a timeline to learn from.</summary>
internal static class RowSampler
{
    /// <summary>A tunnel is to be found from here on; before, nobody can tell.</summary>
    private const int FirstNames = 8;
    private const int FirstBytes = 100;

    /// <summary>Windows a timescale of a domain that is no tunnel's.</summary>
    private const int HardWindows = 6;

    /// <summary>A tunnel as it grows: a window each time that it has a quarter more names.</summary>
    public static List<NameWindow> OfTunnel(Timeline timeline)
    {
        var picked = new List<NameWindow>();
        var (scale, next) = (-1, 0.0);
        timeline.VisitWindows(window =>
        {
            if (window.Scale != scale) (scale, next) = (window.Scale, FirstNames);
            if (window.Sums.Names < next || window.Sums.Bits < 8 * FirstBytes) return;
            picked.Add(window);
            next = window.Sums.Names * 1.25;
        });
        return picked;
    }

    /// <summary>The fullest windows of other domains, at each timescale.</summary>
    public static List<NameWindow> OfOther(Timeline timeline)
    {
        var windows = new List<NameWindow>();
        timeline.VisitWindows(window =>
        {
            if (window.Sums.Names >= Judge.MinNames) windows.Add(window);
        });
        return [.. windows.GroupBy(w => w.Scale).SelectMany(g => Spread([.. g.OrderByDescending(w => w.Sums.Bits)]))];
    }

    /// <summary>The first, second, fourth, eighth … of a list.</summary>
    private static IEnumerable<NameWindow> Spread(NameWindow[] windows)
    {
        for (int i = 1, taken = 0; i <= windows.Length && taken < HardWindows; i *= 2, taken++) yield return windows[i - 1];
    }
}
