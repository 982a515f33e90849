namespace DnsTunnel.Measurement.Rules;

/// <summary>Tells when more than a number of distinct names were asked for within a time, by key.</summary>
/// <param name="limit">More than so many; no key holds more names than one more.</param>
/// <param name="window">In ticks.</param>
internal sealed class SlidingDistinct<TKey>(int limit, long window)
    where TKey : notnull
{
    private readonly Dictionary<TKey, Dictionary<ulong, long>> _names = [];
    private long _nextSweep = long.MinValue;

    /// <summary>Adds a name; true when there are now more than the limit in the time that ends here.</summary>
    public bool Add(TKey key, ulong name, long ticks)
    {
        Sweep(ticks);
        if (!_names.TryGetValue(key, out var names)) _names.Add(key, names = []);
        names[name] = ticks;
        if (names.Count <= limit) return false;
        Drop(names, ticks - window);
        return names.Count > limit;
    }

    public void Forget(TKey key) => _names.Remove(key);

    private static void Drop(Dictionary<ulong, long> names, long until)
    {
        foreach (var (name, last) in names)
        {
            if (last <= until) names.Remove(name);
        }
    }

    /// <summary>Keys that have gone quiet are dropped once a window, so that memory holds two windows at most.</summary>
    private void Sweep(long ticks)
    {
        if (ticks < _nextSweep) return;
        _nextSweep = ticks + window;
        foreach (var (key, names) in _names)
        {
            Drop(names, ticks - window);
            if (names.Count == 0) _names.Remove(key);
        }
    }
}
