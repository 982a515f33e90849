using DnsTunnel.Volume;

namespace DnsTunnel.Detection;

/// <summary>A name (or several at once) that had not been asked for before.</summary>
/// <param name="Hash">Its identity; 0 when it stands for many that are not known one by one.</param>
/// <param name="Ticks">When it was first asked for, UTC.</param>
/// <param name="Sums">What it adds to a window.</param>
/// <param name="Shape">How its labels are made.</param>
/// <param name="Tool">The number of the trait that tells a tool; 0 for none.</param>
internal readonly record struct NameEvent(ulong Hash, long Ticks, NameSums Sums, byte Shape, byte Tool)
{
    /// <summary>A name that is asked for again only within this time is not used again: that is retrying, or asking for another type.</summary>
    private const long ReuseTicks = 60 * TimeSpan.TicksPerSecond;

    /// <summary>Beyond what is expected of them, they count as they are.</summary>
    private const NameTraits Expected = NameTraits.Address | NameTraits.Nested | NameTraits.Reverse;

    /// <summary>What fifteen digits cost. Hosts, customers and times have shorter numbers; card numbers are as long.</summary>
    private const int LongNumber = 58 * LabelCode.Unit;

    private const NameTraits Connecting = NameTraits.Address4 | NameTraits.Companion;

    public static NameEvent Of(in HeldName name)
    {
        double count = name.Multiplicity;
        var traits = name.Facts.Traits;
        if ((traits & NameTraits.Answer) != 0) return new(name.Hash, name.Facts.Ticks, new NameSums { Answers = count, AnswerBytes = count * name.Facts.Value }, 0, 0);
        var kind = NameShape.Kind(name.Facts.Shape);
        var isOrdinary = kind <= (name.Facts.Cost < LongNumber ? LabelKind.Digits : LabelKind.Word) && (traits & Expected) == 0;
        var bits = count * name.Facts.Cost / LabelCode.Unit;
        var unlikely = isOrdinary ? bits / 2 : bits;
        if ((traits & NameTraits.Prefix) != 0) return new(name.Hash, name.Facts.Ticks, new NameSums { Bits = bits, UnlikelyBits = unlikely }, 0, 0);
        if ((traits & NameTraits.Parent) != 0) return new(name.Hash, name.Facts.Ticks, new NameSums { Bits = bits, UnlikelyBits = unlikely, Parents = count }, 0, 0);
        return new NameEvent(name.Hash, name.Facts.Ticks, new NameSums
        {
            Names = count,
            Bits = bits,
            UnlikelyBits = unlikely,
            Carriers = (traits & NameTraits.CarrierType) != 0 ? count : 0,
            Reused = name.Span >= ReuseTicks ? count : 0,
            Random = kind >= (name.Facts.Cost < LongNumber ? LabelKind.Hexadecimal : LabelKind.Digits) ? count : 0,
            Guessed = isOrdinary && (traits & NameTraits.NxDomain) != 0 ? count : 0,
            Visited = isOrdinary && (traits & Connecting) == Connecting ? count : 0,
            Services = (traits & NameTraits.Service) != 0 ? count : 0,
        }, name.Facts.Shape, name.Facts.Tool);
    }

    /// <summary>
    /// All names of a volume that does not say which they are, nor when they came: evenly over its time, so that those of a day are not
    /// judged as if they had come at once.
    /// </summary>
    public static IEnumerable<NameEvent> Of(DomainVolume volume)
    {
        var span = Math.Max(0, volume.LastSeen.Ticks - volume.FirstSeen.Ticks);
        var parts = Math.Max(1, Math.Min(volume.UniqueNames, 1 + (span / TimeSpan.TicksPerMinute)));
        var sums = SumsOf(volume, parts);
        for (var i = 0L; i < parts; i++) yield return new NameEvent(0, volume.FirstSeen.Ticks + (long)(span * (i / Math.Max(1.0, parts - 1))), sums, 0, 0);
    }

    private static NameSums SumsOf(DomainVolume volume, double parts)
    {
        var names = volume.UniqueNames / parts;
        var bits = 8.0 * volume.InformationBytes / parts;
        return new NameSums
        {
            Names = names,
            Bits = bits,
            UnlikelyBits = bits,
            Carriers = names * volume.Types.Count(Wire.CarrierTypes.Contains) / Math.Max(1.0, volume.QueryCount),
            Random = names,
        };
    }
}
