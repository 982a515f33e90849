using DnsTunnel.Evidence.Payload;
using DnsTunnel.Exceptions;

namespace DnsTunnel.Evidence;

/// <summary>Holds the names of a finding against the classes of names that are expected to carry information.</summary>
internal static class ExceptionWeigher
{
    private const int MaxNames = 500;

    /// <param name="subject">The finding.</param>
    /// <param name="names">Its names.</param>
    /// <param name="volumes">Its volumes.</param>
    /// <param name="payload">What the names carried.</param>
    /// <param name="tool">That the names tell.</param>
    /// <param name="exceptions">The classes.</param>
    public static DnsTunnelExceptionMatch[] Weigh(
        EvidenceSubject subject, IReadOnlyList<EvidenceName> names, IReadOnlyCollection<DomainVolume> volumes, DnsTunnelPayload payload, string? tool, ExceptionList exceptions)
    {
        var looked = names.Take(MaxNames).ToList();
        if (looked.Count == 0) return [];
        var covered = looked.SelectMany(name => exceptions.Covering(name.Wire, name.Time).DistinctBy(e => e.Id))
            .GroupBy(e => e.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        var mostADay = MostADay(volumes);
        return
        [
            .. exceptions.All
                .Where(e => covered.ContainsKey(e.Id) || IsOf(e.Domain, subject.Domain))
                .Select(e => Weigh(e, covered.GetValueOrDefault(e.Id), looked.Count, mostADay, payload, tool)),
        ];
    }

    private static DnsTunnelExceptionMatch Weigh(DnsTunnelException exception, int covered, int looked, long mostADay, DnsTunnelPayload payload, string? tool)
    {
        var (pro, contra) = (new List<string>(), new List<string>());
        if (covered > 0) pro.Add(FormattableString.Invariant($"{covered:N0} of {looked:N0} names have its shape"));
        if (covered < looked) contra.Add(FormattableString.Invariant($"{looked - covered:N0} of {looked:N0} names have another shape"));
        (mostADay <= exception.BudgetBytes ? pro : contra).Add(
            FormattableString.Invariant($"at most {mostADay:N0} bytes of information a day and client, where {exception.BudgetBytes:N0} are expected"));
        if (exception.Client is not null) contra.Add($"it is for {Printable.Text(exception.Client)} alone");
        if (exception.IsExpired) contra.Add("it has expired");
        if (tool is not null) contra.Add($"the names show traits of {tool}");
        if (payload.FileType is { } type) contra.Add($"what the names carry begins as a file does: {type}");
        return new DnsTunnelExceptionMatch { Id = exception.Id, Reason = Printable.Text(exception.Reason), For = [.. pro], Against = [.. contra] };
    }

    private static long MostADay(IReadOnlyCollection<DomainVolume> volumes) => volumes
        .GroupBy(v => (v.WindowStart.Date, v.Client))
        .Select(day => day.Sum(v => v.InformationBytes))
        .DefaultIfEmpty(0)
        .Max();

    private static bool IsOf(string exceptionDomain, string domain) =>
        domain != "." && (exceptionDomain == domain || exceptionDomain.EndsWith("." + domain, StringComparison.Ordinal));
}
