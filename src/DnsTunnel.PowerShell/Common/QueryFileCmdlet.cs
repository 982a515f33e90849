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
    private const long ProgressMilliseconds = 200;

    private const int StepsBetweenLooksAtTheClock = 1024;

    private readonly Stopwatch _sinceProgress = new();
    private readonly Queue<DnsQuery> _ready = [];
    private ProgressRecord? _progress;

    /// <summary>How files are read.</summary>
    private protected abstract QueryFileOptions FileOptions { get; }

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

    /// <summary>Takes what is known of a file at its end.</summary>
    private protected virtual void KeepStatistics(object statistics)
    {
    }

    private void WriteReady()
    {
        while (_ready.TryDequeue(out var query)) WriteObject(query);
    }

    private void ReadFile(string path, IQuerySink sink, Action? afterStep)
    {
        QueryFile? opened = null;
        try
        {
            using var file = opened = QueryFile.Open(path, sink, FileOptions with { Cancellation = StopToken });
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
            if (!StopToken.IsCancellationRequested) WriteError(Errors.FileNotReadable(path, e, FileOptions.Kinds));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }

        if (StopToken.IsCancellationRequested || opened is null) return;
        CompleteProgress();
        afterStep?.Invoke();
        KeepStatistics(opened.Statistics);
        Report(opened);
    }

    private void ReadSteps(QueryFile file, Action? afterStep)
    {
        // What is followed has no end that progress could be towards.
        var isFollowed = FileOptions.Follows;
        _sinceProgress.Restart();
        for (var steps = 1; !StopToken.IsCancellationRequested && file.TryAdvance(); steps++)
        {
            afterStep?.Invoke();
            if (isFollowed || steps % StepsBetweenLooksAtTheClock != 0 || _sinceProgress.ElapsedMilliseconds < ProgressMilliseconds) continue;
            _sinceProgress.Restart();
            _progress ??= new ProgressRecord(0, "Reading " + Printable.Text(Path.GetFileName(file.Path)), "Reading");
            _progress.StatusDescription = Text($"{file.Queries:N0} queries");
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

    private void Report(QueryFile file)
    {
        var path = Printable.Text(file.Path);
        WriteVerbose($"{path}: {file.Statistics}.");
        foreach (var warning in file.Warnings) WriteWarning($"'{path}': {warning}");
    }

    /// <summary>The same for objects of the pipeline.</summary>
    private protected void ReportObjects(LogStatistics objects)
    {
        WriteVerbose($"Input objects: {objects}.");
        if (objects is { Lines: > 0, Queries: 0 }) WriteWarning(Text($"No DNS query in {objects.Lines:N0} input objects."));
        if (objects.UntimedQueries > 0)
        {
            WriteWarning(Text($"{objects.UntimedQueries:N0} queries came without a time (such as a property Timestamp) and got that of now, so windows and rates mean nothing."));
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
