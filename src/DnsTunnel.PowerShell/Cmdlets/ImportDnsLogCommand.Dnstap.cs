using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using DnsTunnel.Dnstap;
using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.PowerShell;

/// <summary>Live: DNS servers connect and send dnstap.</summary>
public sealed partial class ImportDnsLogCommand
{
    private const string DnstapSocketSet = "DnstapSocket";
    private const string DnstapListenSet = "DnstapListen";

    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(1);

    [Parameter(Mandatory = true, ParameterSetName = DnstapSocketSet)]
    [ValidateNotNullOrEmpty]
    public string? DnstapSocket { get; set; }

    [Parameter(ParameterSetName = DnstapSocketSet)]
    [ValidatePattern("^0?[0-7]{3}$")]
    public string DnstapSocketMode { get; set; } = "0600";

    [Parameter(Mandatory = true, ParameterSetName = DnstapListenSet)]
    [ValidateNotNull]
    public IPEndPoint? DnstapListen { get; set; }

    [Parameter(ParameterSetName = DnstapSocketSet)]
    [Parameter(ParameterSetName = DnstapListenSet)]
    [ValidateRange(1, long.MaxValue)]
    public long Count { get; set; }

    [Parameter(ParameterSetName = DnstapSocketSet)]
    [Parameter(ParameterSetName = DnstapListenSet)]
    [ValidateDuration]
    public TimeSpan Duration { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (DnstapSocket is not null) ListenOnSocket(DnstapSocket);
        if (DnstapListen is not null) Listen($"{DnstapListen}", () => DnstapListener.Open(DnstapListen));
    }

    /// <summary>These parameter sets have nothing in the pipeline.</summary>
    protected override void ProcessRecord()
    {
        if (ParameterSetName is not (DnstapSocketSet or DnstapListenSet)) base.ProcessRecord();
    }

    private void ListenOnSocket(string path)
    {
        var file = FileArgument.Resolve(this, path);
        if (File.Exists(file) || Directory.Exists(file)) ThrowTerminatingError(Errors.SocketExists(file));
        Listen(file, () => DnstapListener.Open(file, (UnixFileMode)Convert.ToInt32(DnstapSocketMode, 8)));
    }

    private void Listen(string name, Func<DnstapListener> open)
    {
        var ready = new Queue<DnsQuery>();
        try
        {
            using var listener = open();
            using var server = new DnstapServer(listener, new QueryBuilder(PublicSuffixList.Default, listener.EndPoint, ready.Enqueue));
            KeepStatistics(server.Statistics);
            WriteVerbose($"Waiting for DNS servers at {Printable.Text(listener.EndPoint)}.");
            Receive(server, ready);
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            ThrowTerminatingError(Errors.CannotListen(name, e));
        }
    }

    private void Receive(DnstapServer server, Queue<DnsQuery> ready)
    {
        var watch = Stopwatch.StartNew();
        var written = 0L;
        while (!IsEnough(written) && !StopToken.IsCancellationRequested && Remaining(watch) is { Ticks: > 0 } remaining)
        {
            server.Advance(remaining, StopToken);
            Write(server, ready, ref written);
        }
        if (StopToken.IsCancellationRequested) return;
        server.Complete();
        Write(server, ready, ref written);
        Report($"'{Printable.Text(server.Statistics.Source ?? string.Empty)}'", server.Statistics);
    }

    private void Write(DnstapServer server, Queue<DnsQuery> ready, ref long written)
    {
        for (; !IsEnough(written) && ready.TryDequeue(out var query); written++) WriteObject(query);
        while (server.Problems.TryDequeue(out var problem))
        {
            WriteWarning(string.Create(CultureInfo.InvariantCulture, $"The connection of a DNS server ended: {Printable.Text(problem)}"));
        }
    }

    private bool IsEnough(long written) => Count > 0 && written >= Count;

    private TimeSpan Remaining(Stopwatch watch) => Duration == TimeSpan.Zero ? s_longestWait : Duration - watch.Elapsed;
}
