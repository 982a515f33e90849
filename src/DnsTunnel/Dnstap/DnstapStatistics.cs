namespace DnsTunnel;

/// <summary>The same for a stream of dnstap, whose packets are frames.</summary>
public sealed class DnstapStatistics : CaptureStatistics
{
    private protected override string EmptyRemedy => string.Empty;

    private protected override (long Count, string Name) Items => (Packets, "frames");

    private protected override string Unreadable => FormattableString.Invariant($"{UnreadablePackets:N0} frames are no dnstap messages and were left out.");
}
