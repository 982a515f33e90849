namespace DnsTunnel.Volume;

/// <summary>What the labels left of a registered domain carry and look like.</summary>
/// <param name="DearestCost">Of the label that carries most, by <see cref="LabelCode"/>.</param>
/// <param name="Shape">Of all of them; see <see cref="NameShape"/>.</param>
internal readonly record struct SubdomainFacts(int DearestCost, byte Shape)
{
    /// <summary>Labels of a name of 255 bytes.</summary>
    public const int MostLabels = 128;

    /// <param name="labels">In wire form, without the registered domain.</param>
    /// <param name="ticks">When the name was asked for, UTC.</param>
    /// <param name="costs">Gets the cost of each label; of the first, without its <see cref="LabelPrefix"/>.</param>
    public static SubdomainFacts Of(ReadOnlySpan<byte> labels, long ticks, Span<ushort> costs)
    {
        var count = 0;
        var (dearestCost, dearest) = (0, LabelKind.Common);
        for (; !labels.IsEmpty; labels = labels[(1 + labels[0])..])
        {
            var label = labels.Slice(1, labels[0]);
            var prefix = count == 0 ? LabelPrefix.LengthOf(label) : 0;
            var cost = CostOf(label[prefix..], ticks, out var kind);
            if (prefix > 0) cost += LabelPrefix.ReferenceCost;
            costs[count++] = (ushort)cost;
            if (cost > dearestCost) (dearestCost, dearest) = (cost, kind);
            if (prefix == 0) continue;
            var prefixCost = LabelCode.Cost(label[..prefix], out kind);
            if (prefixCost > dearestCost) (dearestCost, dearest) = (prefixCost, kind);
        }

        return new SubdomainFacts(dearestCost, NameShape.Of(count, dearest));
    }

    private static int CostOf(ReadOnlySpan<byte> label, long ticks, out LabelKind kind)
    {
        if (!TimestampLabel.Is(label, ticks)) return LabelCode.Cost(label, out kind);
        kind = LabelKind.Digits;
        return TimestampLabel.Cost;
    }
}
