using System.Collections;
using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

/// <summary>A cmdlet that reads files of queries, captures or logs.</summary>
public abstract class QueryFileCmdlet : CancellableCmdlet
{
    protected const string PathSet = "Path";
    protected const string LiteralPathSet = "LiteralPath";

    /// <summary>No more than five progress records a second, and none for files read sooner than that.</summary>
    private protected const long ProgressMilliseconds = 200;

    private const int StepsBetweenLooksAtTheClock = 1024;

    private const int MostUnwritten = 64;

    private readonly ArrayList _statistics = [];
    private bool _writesAll;
    private readonly Stopwatch _sinceProgress = new();
    private readonly Queue<DnsQuery> _ready = [];
    private ProgressRecord? _progress;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatisticsVariable { get; set; }

    /// <summary>How files are read.</summary>
    private protected abstract QueryFileOptions FileOptions { get; }

    /// <summary>Sources that were opened.</summary>
    private protected int SourceCount => _statistics.Count;

    /// <summary>The variable gets its list now and the list its items later, so that it is filled however the pipeline ends.</summary>
    protected override void BeginProcessing()
    {
        if (StatisticsVariable is not null) SessionState.PSVariable.Set(StatisticsVariable, _statistics);
    }

    /// <summary>Writes the queries of the files of paths.</summary>
    /// <inheritdoc cref="ReadFiles"/>
    private protected void WriteQueries(string[] paths, bool literal)
    {
        foreach (var path in paths)
        {
            ReadFiles(path, literal, file => new QueryBuilder(PublicSuffixList.Default, file, _ready.Enqueue), WriteReady);
        }
    }

    /// <summary>Reads the files of a path. A file that cannot be read is an error, and the next one follows.</summary>
    /// <param name="path">As the user gave it.</param>
    /// <param name="literal">Whether its wildcard characters stand for themselves.</param>
    /// <param name="makeSink">Makes what takes the queries of a file, given its path.</param>
    /// <param name="afterStep">Called on the pipeline thread after each packet or line; may write objects.</param>
    private protected void ReadFiles(string path, bool literal, Func<string, IQuerySink> makeSink, Action? afterStep = null)
    {
        foreach (var file in Resolve(path, literal))
        {
            if (StopToken.IsCancellationRequested) return;
            ReadFile(file, makeSink(file), afterStep);
        }
    }

    /// <summary>The files that a path stands for; what cannot be found is a non-terminating error.</summary>
    private protected IEnumerable<string> Resolve(string path, bool literal) => new PathResolver(this).Resolve(path, literal);

    /// <summary>Shows the user what is counted of a source; call before it is read.</summary>
    private protected void KeepStatistics(SourceStatistics statistics) => _statistics.Add(statistics);

    /// <summary>Says what is known of a source at its end.</summary>
    private protected void Report(string name, SourceStatistics statistics)
    {
        WriteVerbose($"{name}: {statistics}.");
        foreach (var warning in statistics.Warnings) WriteWarning($"{name}: {warning}");
    }

    /// <summary>In groups, because the engine has more to do for each call than for each object; at once when one waits for them.</summary>
    private void WriteReady()
    {
        if (_ready.Count < MostUnwritten && !_writesAll) return;
        while (_ready.Count > 0)
        {
            var group = new DnsQuery[Math.Min(_ready.Count, MostUnwritten)];
            for (var i = 0; i < group.Length; i++) group[i] = _ready.Dequeue();
            WriteObject(group, enumerateCollection: true);
        }
    }

    private void WriteRest(Action? afterStep)
    {
        _writesAll = true;
        afterStep?.Invoke();
    }

    private void ReadFile(string path, IQuerySink sink, Action? afterStep)
    {
        QueryFile? opened = null;
        try
        {
            using var file = opened = QueryFile.Open(path, sink, FileOptions with { Cancellation = StopToken });
            file.AfterIdle = afterStep;
            KeepStatistics(file.Statistics);
            try
            {
                ReadSteps(file, afterStep);
            }
            finally
            {
                if (!StopToken.IsCancellationRequested) file.Complete();
            }
        }
        catch (Exception e) when (e is (IOException and not FileLoadException) or UnauthorizedAccessException)
        {
            // A followed file that is still empty when the pipeline is stopped has no format.
            if (StopToken.IsCancellationRequested) return;
            WriteRest(afterStep);
            WriteError(Errors.FileNotReadable(path, e, FileOptions.Kinds));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }

        if (StopToken.IsCancellationRequested || opened is null) return;
        CompleteProgress();
        WriteRest(afterStep);
        Report($"'{Printable.Text(path)}'", opened.Statistics);
    }

    private void ReadSteps(QueryFile file, Action? afterStep)
    {
        // What is followed, or a pipe, has no end that progress could be towards, and may be watched.
        _writesAll = FileOptions.Follows || !file.HasEnd;
        var hasProgress = !_writesAll;
        _sinceProgress.Restart();
        for (var steps = 1; !StopToken.IsCancellationRequested && file.TryAdvance(); steps++)
        {
            afterStep?.Invoke();
            if (!hasProgress || steps % StepsBetweenLooksAtTheClock != 0 || _sinceProgress.ElapsedMilliseconds < ProgressMilliseconds) continue;
            _sinceProgress.Restart();
            _progress ??= new ProgressRecord(0, "Reading " + Printable.Text(Path.GetFileName(file.Path)), "Reading");
            _progress.StatusDescription = Text($"{file.Statistics.Queries:N0} queries");
            _progress.PercentComplete = file.PercentComplete;
            WriteProgress(_progress);
        }
    }

    private void CompleteProgress()
    {
        if (_progress is null) return;
        _progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(_progress);
        _progress = null;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
