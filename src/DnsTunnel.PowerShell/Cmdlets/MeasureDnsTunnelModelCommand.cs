using System.Management.Automation;
using DnsTunnel.Measurement;
using DnsTunnel.Models;
using DnsTunnel.Training;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsDiagnostic.Measure, "DnsTunnelModel", DefaultParameterSetName = PathSet)]
[OutputType(typeof(DnsTunnelMeasurement), typeof(DnsTunnelMeasurementSummary))]
public sealed class MeasureDnsTunnelModelCommand : ManifestCmdlet
{
    private readonly MeasurementSummarizer _summarizer = new();
    private readonly Dictionary<string, TunnelModel> _withoutGroup = new(StringComparer.OrdinalIgnoreCase);
    private TunnelModel _model = null!;

    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double Threshold { get; set; } = 50;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    [ValidateSet(
        RuleNames.DnsTunnel, RuleNames.Elastic, RuleNames.ElasticSchedule, RuleNames.Rita, RuleNames.Zeek,
        RuleNames.Sigma, RuleNames.Splunk, RuleNames.Ndpi, RuleNames.Ibhh)]
    public string[] Rule { get; set; } = [.. RuleNames.All];

    [Parameter]
    public SwitchParameter LeaveOneOut { get; set; }

    [Parameter]
    public SwitchParameter IncludeUnlabelled { get; set; }

    [Parameter]
    public SwitchParameter Summary { get; set; }

    private protected override bool TakesUnlabelled => IncludeUnlabelled;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _model = ModelArgument.Read(this, Model);
    }

    protected override void EndProcessing()
    {
        if (StopToken.IsCancellationRequested) return;
        try
        {
            if (LeaveOneOut) TrainWithoutEachGroup();
            ForEach("Measuring", Entries, Measure);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            return;
        }

        if (StopToken.IsCancellationRequested || !Summary) return;
        foreach (var summary in _summarizer.Summarize()) WriteObject(summary);
    }

    private static string GroupOf(ManifestEntry entry) => entry.Tool ?? entry.Group ?? string.Empty;

    private void TrainWithoutEachGroup()
    {
        var set = Gather(GroupOf);
        foreach (var group in Entries.Select(GroupOf).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            StopToken.ThrowIfCancellationRequested();
            var rows = set.Rows.Where(r => !string.Equals(r.Group, group, StringComparison.OrdinalIgnoreCase)).ToList();
            if (rows.Exists(r => r.IsTunnel) && rows.Exists(r => !r.IsTunnel)) _withoutGroup[group] = ModelTrainer.Fit(rows, new ModelTraining());
            else WriteWarning($"Without '{Printable.Text(group)}' there is nothing to train on; its captures are measured with the model as it is.");
        }
    }

    private void Measure(ManifestEntry entry)
    {
        var model = _withoutGroup.GetValueOrDefault(GroupOf(entry), _model);
        var replay = new CaptureReplay(entry, Rule.Distinct(StringComparer.OrdinalIgnoreCase).Select(Canonical), model, Threshold, StopToken);
        // A file that could not be opened is an error and says nothing about a rule.
        if (!TryRead(entry, replay)) return;
        foreach (var measurement in replay.Complete())
        {
            _summarizer.Add(measurement);
            WriteObject(measurement);
        }
    }

    /// <summary>The name as it is written here: parameters take any letter case.</summary>
    private static string Canonical(string rule) => RuleNames.All.First(r => string.Equals(r, rule, StringComparison.OrdinalIgnoreCase));
}
