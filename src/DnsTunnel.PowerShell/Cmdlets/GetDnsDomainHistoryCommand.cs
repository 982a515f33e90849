using System.Management.Automation;
using DnsTunnel.History;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Get, "DnsDomainHistory")]
[OutputType(typeof(DnsDomainHistory))]
public sealed partial class GetDnsDomainHistoryCommand : ResponseCmdlet
{
    private HistoryArgument _history = null!;
    private IReadOnlyList<DnsTunnelResponse> _responses = [];

    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(EarlierDomainCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Domain { get; set; } = [];

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HistoryPath { get; set; }

    protected override void BeginProcessing()
    {
        _history = new HistoryArgument(this, HistoryPath);
        if (ClickHouse is not null) OpenStore();
        else if (!_history.Exists) ThrowTerminatingError(Errors.HistoryNotFound(_history.FilePath));
        var journal = Journal;
        Attempt(journal.FilePath, () => _responses = ReadJournal(journal).Responses);
    }

    protected override void ProcessRecord()
    {
        foreach (var name in Domain.DefaultIfEmpty("*"))
        {
            if (WildcardPattern.ContainsWildcardCharacters(name)) WriteAll(new WildcardPattern(name, WildcardOptions.IgnoreCase));
            else WriteOne(name);
        }
    }

    private void WriteAll(WildcardPattern pattern)
    {
        foreach (var name in Domains().Where(pattern.IsMatch))
        {
            if (StopToken.IsCancellationRequested) return;
            // Another process may have aged it out since.
            if (Find(name) is { } history) WriteObject(history);
        }
    }

    private void WriteOne(string name)
    {
        if (EvidenceFinding.DomainOf(name) is { } domain && Find(domain) is { } history) WriteObject(history);
        else WriteError(Errors.DomainNotInHistory(name, _store?.ToString() ?? _history.FilePath));
    }

    private DnsDomainHistory? Find(string domain)
    {
        var history = _history.Find(domain, _store, StopToken);
        if (history is not null) history.Responses = ResponseLinks.Of(history, _responses);
        return history;
    }
}
