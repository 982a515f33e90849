using DnsTunnel.Volume;

namespace DnsTunnel.Detection;

/// <summary>
/// Counters, time stamps and labels that are repeated make new names that say little: how far a number is from the one before tells it,
/// or how far it is from where the last step leads (in Elias's gamma code, 1975). Data in the place of a number take long steps, and
/// cost what they did.
/// </summary>
internal sealed class LabelSteps
{
    /// <summary>Three bits name the code, one which distance is meant, one its sign.</summary>
    private const int HeadBits = 5;

    private readonly Dictionary<(NameTraits Part, byte Shape), (ulong Value, long Step)> _last = [];

    /// <summary>What a name's own label costs after those that came before, in <see cref="LabelCode.Unit"/>ths of a bit.</summary>
    /// <param name="facts">Names come in order of time.</param>
    public ushort CostOf(in NameFacts facts)
    {
        if ((facts.Traits & NameTraits.Answer) != 0) return facts.Cost;
        var key = (facts.Traits & (NameTraits.Parent | NameTraits.Prefix | NameTraits.Prefixed), facts.Shape);
        if (!_last.TryGetValue(key, out var last) || LabelValue.Distance(facts.Value, last.Value) is not { } step)
        {
            _last[key] = (facts.Value, 0);
            return facts.Cost;
        }

        _last[key] = (facts.Value, step);
        var distance = Math.Min((ulong)Math.Abs(step), (ulong)Math.Abs(step - last.Step));
        var cost = LabelCode.Unit * (HeadBits + 1 + (2 * (int)ulong.Log2(distance + 1)));
        if ((facts.Traits & NameTraits.Prefixed) != 0) cost += LabelPrefix.ReferenceCost;
        return (ushort)Math.Min(facts.Cost, cost);
    }
}
