namespace DnsTunnel.Delivery;

/// <summary>What has to be known of the sources of a monitor: who hears no findings must know whether anything was seen.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Time">When it was noticed, UTC.</param>
/// <param name="Since">Since when it is so, UTC.</param>
/// <param name="Source">Which sources, for people.</param>
/// <param name="Text">A sentence for people, printable.</param>
internal sealed record SourceNotice(SourceNoticeKind Kind, DateTime Time, DateTime Since, string Source, string Text)
{
    /// <summary>As it is named in messages.</summary>
    public string Action => Kind switch
    {
        SourceNoticeKind.Silent => "source-silent",
        SourceNoticeKind.Back => "source-back",
        _ => "source-lost-packets",
    };

    /// <summary>The same for the same notice, so that receivers know what they got twice.</summary>
    public string Id => FindingSummary.IdOf(FormattableString.Invariant($"{Action}\n{Source}\n{Since.Ticks}"));
}
