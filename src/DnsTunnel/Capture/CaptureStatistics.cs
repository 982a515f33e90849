using DnsTunnel.Wire;

namespace DnsTunnel;

/// <summary>What a capture or interface held and what of it could not be read; counted while it is read.</summary>
public class CaptureStatistics : SourceStatistics
{
    private readonly long[] _malformed = new long[Enum.GetValues<DnsReadStatus>().Length];

    internal CaptureStatistics()
    {
    }

    /// <inheritdoc/>
    public override long Queries => Requests - EmptyRequests - Retransmissions + LoneResponses;

    /// <summary>Packets read, DNS or not.</summary>
    public long Packets { get; internal set; }

    /// <summary>Packets cut by the capture's snapshot length whose DNS message could not be read whole.</summary>
    public long TruncatedPackets { get; internal set; }

    /// <summary>Packets of a link layer that is not read, or with broken headers. Other protocols than IP are no error and not counted here.</summary>
    public long UnreadablePackets { get; internal set; }

    /// <summary>IP fragments whose datagram was never completed.</summary>
    public long IncompleteFragments { get; internal set; }

    /// <summary>TCP streams with missing segments.</summary>
    public long TcpGaps { get; internal set; }

    /// <summary>
    /// Packets of DNS that cannot be read because it is encrypted: port 853 over TCP or UDP, and port 443 of the addresses of well-known
    /// public resolvers. A live capture holds the latter only if its filter lets them through.
    /// </summary>
    public long EncryptedDns { get; internal set; }

    /// <summary>Packets of a live capture that passed the filter and were lost because the kernel's buffer was full.</summary>
    public long KernelDropped { get; internal set; }

    /// <summary>Packets of a live capture that the network card or its driver lost, of DNS or not, where the system tells.</summary>
    public long InterfaceDropped { get; internal set; }

    /// <summary>Packets of a live capture that were lost because the pipeline did not keep up.</summary>
    public long QueueDropped { get; internal set; }

    /// <summary>Readable DNS requests, retransmissions included.</summary>
    public long Requests { get; internal set; }

    /// <summary>Requests without a question.</summary>
    public long EmptyRequests { get; internal set; }

    /// <summary>Requests that repeated one still waiting for its answer.</summary>
    public long Retransmissions { get; internal set; }

    /// <summary>DNS responses.</summary>
    public long Responses { get; internal set; }

    /// <summary>Responses to no request in this source.</summary>
    public long UnmatchedResponses { get; internal set; }

    /// <summary>Responses of a source that has no requests (dnstap), which stand for them.</summary>
    public long LoneResponses { get; internal set; }

    /// <summary>Messages of dnstap that tell again, from farther away, what others tell: what a resolver asked itself, and updates.</summary>
    public long OtherViewpoints { get; internal set; }

    /// <summary>Messages on a DNS port that could not be read.</summary>
    public long MalformedMessages => _malformed.Sum();

    /// <summary>How many of the unreadable messages were requests.</summary>
    public long MalformedRequests { get; internal set; }

    /// <summary>Messages that could not be read, by cause.</summary>
    public IReadOnlyDictionary<string, long> MalformedByCause =>
        Enum.GetValues<DnsReadStatus>().Where(s => _malformed[(int)s] > 0).ToDictionary(s => s.ToString(), s => _malformed[(int)s]);

    private protected override (long Count, string Name) Items => (Packets, "packets");

    private protected override string EmptyRemedy => " -Port reads other ports than 53, 5353 and 5355.";

    /// <summary>A sentence about <see cref="UnreadablePackets"/>, which in a capture are of no interest.</summary>
    private protected virtual string? Unreadable => null;

    private protected override IEnumerable<string> GetWarnings()
    {
        foreach (var warning in base.GetWarnings()) yield return warning;
        if (UnreadablePackets > 0 && Unreadable is { } unreadable) yield return unreadable;
        if (MalformedRequests > 0) yield return FormattableString.Invariant($"{MalformedRequests:N0} malformed requests were left out{Causes}.");
        if (TruncatedPackets > 0) yield return FormattableString.Invariant($"{TruncatedPackets:N0} packets were cut when captured and their messages, the long ones, are lost. Capture whole packets (tcpdump -s 0).");
        if (IncompleteFragments > 0) yield return FormattableString.Invariant($"{IncompleteFragments:N0} fragments are of datagrams that are not whole in it.");
        if (TcpGaps > 0) yield return FormattableString.Invariant($"{TcpGaps:N0} TCP streams have gaps.");
        if (UnmatchedResponses > Requests + LoneResponses) yield return FormattableString.Invariant($"{UnmatchedResponses:N0} responses have no request in it and were left out: it may hold one direction only.");
    }

    /// <summary>All numbers in one line.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Packets:N0} packets, {Requests:N0} requests ({Retransmissions:N0} repeated, {EmptyRequests:N0} without a question), {Responses:N0} responses ({UnmatchedResponses:N0} to no request{Dnstap}), {MalformedMessages:N0} malformed messages ({MalformedRequests:N0} requests{Causes}), {TruncatedPackets:N0} cut packets, {UnreadablePackets:N0} unreadable packets, {IncompleteFragments:N0} incomplete fragments, {TcpGaps:N0} TCP gaps, {EncryptedDns:N0} packets of encrypted DNS{Drops}");

    private string Drops => KernelDropped + InterfaceDropped + QueueDropped == 0 ? "" : FormattableString.Invariant(
        $", dropped: {KernelDropped:N0} by the kernel, {InterfaceDropped:N0} by the interface, {QueueDropped:N0} waiting for the pipeline");

    private string Dnstap => LoneResponses + OtherViewpoints == 0
        ? string.Empty
        : FormattableString.Invariant($"; {LoneResponses:N0} without a request in the stream, {OtherViewpoints:N0} messages of other viewpoints left out");

    private string Causes => string.Concat(MalformedByCause.Select(c => FormattableString.Invariant($"; {c.Key}: {c.Value:N0}")));

    internal void CountMalformed(DnsReadStatus status) => _malformed[(int)status]++;
}
