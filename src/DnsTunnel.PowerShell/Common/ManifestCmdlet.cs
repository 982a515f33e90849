using System.Diagnostics;
using System.Management.Automation;
using DnsTunnel.Exceptions;
using DnsTunnel.Measurement;
using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Training;
using DnsTunnel.Volume;

namespace DnsTunnel.PowerShell;

/// <summary>A cmdlet that reads the captures and logs of manifests.</summary>
public abstract class ManifestCmdlet : QueryFileCmdlet
{
    /// <summary>Beside that of the file that is read, which the base class has.</summary>
    private const int ProgressId = 1;

    private readonly Stopwatch _sinceProgress = Stopwatch.StartNew();

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    private protected override QueryFileOptions FileOptions => new();

    /// <summary>Whether captures without a label are wanted.</summary>
    private protected virtual bool TakesUnlabelled => false;

    private protected List<ManifestEntry> Entries { get; } = [];

    protected override void ProcessRecord()
    {
        var isLiteral = ParameterSetName == LiteralPathSet;
        foreach (var manifest in (isLiteral ? LiteralPath : Path).SelectMany(p => Resolve(p, isLiteral)))
        {
            if (StopToken.IsCancellationRequested) return;
            ReadManifest(manifest);
        }
    }

    /// <summary>Reads one capture or log. False when it could not be opened, which is an error, or when the cmdlet was stopped.</summary>
    private protected bool TryRead(ManifestEntry entry, IQuerySink sink)
    {
        var opened = SourceCount;
        ReadFiles(entry.Path, literal: true, _ => sink);
        return SourceCount > opened && !StopToken.IsCancellationRequested;
    }

    /// <summary>Gathers what a model can be trained on.</summary>
    /// <param name="groupOf">What is left out together when a model is tested.</param>
    private protected TrainingSet Gather(Func<ManifestEntry, string> groupOf)
    {
        var set = new TrainingSet();
        ForEach("Reading what to train on", Entries.Where(e => e.Label != DnsTunnelLabel.Unlabelled).ToList(), entry =>
        {
            var aggregator = new VolumeAggregator(PublicSuffixList.Default, TrainingSet.Window, byClient: true, TrainingSet.LongestWindow, ExceptionList.BuiltIn);
            if (TryRead(entry, new VolumeCounter(aggregator))) set.Add(aggregator, entry, groupOf(entry), StopToken);
        });
        return set;
    }

    /// <summary>Goes through captures with progress, until stopped.</summary>
    private protected void ForEach(string activity, List<ManifestEntry> entries, Action<ManifestEntry> action)
    {
        var progress = new ProgressRecord(ProgressId, activity, activity);
        var isShown = false;
        for (var i = 0; i < entries.Count && !StopToken.IsCancellationRequested; i++)
        {
            if (_sinceProgress.ElapsedMilliseconds >= ProgressMilliseconds)
            {
                _sinceProgress.Restart();
                isShown = true;
                progress.StatusDescription = FormattableString.Invariant($"{i + 1:N0} of {entries.Count:N0}: {Printable.Text(System.IO.Path.GetFileName(entries[i].Path))}");
                progress.PercentComplete = 100 * i / entries.Count;
                WriteProgress(progress);
            }

            action(entries[i]);
        }

        if (isShown) WriteProgress(new ProgressRecord(ProgressId, activity, "Done") { RecordType = ProgressRecordType.Completed });
    }

    private void ReadManifest(string manifest)
    {
        List<ManifestEntry> entries;
        try
        {
            entries = ManifestReader.Read(manifest);
        }
        catch (Exception e) when (e is ManifestException or (IOException and not FileLoadException) or UnauthorizedAccessException)
        {
            WriteError(Errors.ManifestNotUsable(manifest, e));
            return;
        }

        entries.RemoveAll(e => e.Label == DnsTunnelLabel.Unlabelled && !TakesUnlabelled);
        if (entries.Count == 0) WriteWarning($"'{Printable.Text(manifest)}' has no labelled capture: labels begin with 'tunnel' or 'benign'.");
        Entries.AddRange(entries);
    }
}
