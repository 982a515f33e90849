using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.Monitoring.Sources;

/// <summary>A file: a log that is followed, or a file that is read to its end.</summary>
/// <param name="path">The file.</param>
/// <param name="options">How to read it.</param>
/// <param name="keep">Takes the statistics each time it is opened.</param>
internal sealed class LogSource(string path, QueryFileOptions options, Action<SourceStatistics> keep) : IMonitorSource
{
    private Action<DnsQuery> _emit = _ => { };
    private volatile bool _isUpToDate;

    public string Name => path;

    public bool GoesOn => options.Follows;

    public long Dropped => 0;

    public bool IsUpToDate => _isUpToDate;

    /// <summary>To open a log that is still empty waits for its first line, so <see cref="Pump"/> does.</summary>
    public void Open(Action<DnsQuery> emit) => _emit = emit;

    public void Pump(CancellationToken cancellation)
    {
        try
        {
            using var file = QueryFile.Open(path, new QueryBuilder(PublicSuffixList.Default, path, _emit), options with { Cancellation = cancellation, AtEnd = () => _isUpToDate = true });
            keep(file.Statistics);
            try
            {
                while (!cancellation.IsCancellationRequested && file.TryAdvance())
                {
                }
            }
            finally
            {
                file.Complete();
            }
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // A followed file that is still empty has no format.
        }
    }

    public void Dispose()
    {
    }
}
