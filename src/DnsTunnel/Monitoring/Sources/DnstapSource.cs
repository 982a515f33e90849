using DnsTunnel.Dnstap;
using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.Monitoring.Sources;

/// <summary>DNS servers that connect and send dnstap.</summary>
/// <param name="name">Where they connect to.</param>
/// <param name="open">Opens the listener.</param>
/// <param name="keep">Takes the statistics each time it is opened.</param>
/// <param name="tell">Takes why connections ended that did not end well.</param>
internal sealed class DnstapSource(string name, Func<DnstapListener> open, Action<SourceStatistics> keep, Action<string> tell) : IMonitorSource
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(1);

    private DnstapServer? _server;

    public string Name => name;

    public bool GoesOn => true;

    public long Dropped => 0;

    public void Open(Action<DnsQuery> emit)
    {
        Dispose();
        var listener = open();
        _server = new DnstapServer(listener, new QueryBuilder(PublicSuffixList.Default, listener.EndPoint, emit));
        keep(_server.Statistics);
    }

    public void Pump(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            _server!.Advance(s_wait, cancellation);
            while (_server.Problems.TryDequeue(out var problem)) tell($"The connection of a DNS server ended: {problem}");
        }

        _server!.Complete();
    }

    public void Dispose()
    {
        _server?.Dispose();
        _server = null;
    }
}
