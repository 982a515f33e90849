using System.Collections;
using System.Management.Automation;
using DnsTunnel.Delivery;
using DnsTunnel.Detection;
using DnsTunnel.Monitoring;

namespace DnsTunnel.PowerShell;

/// <summary>What a monitor finds goes out: to the pipeline, and to receivers; parameters of both, and the telling.</summary>
public abstract class MonitorCmdlet : QueryInputCmdlet
{
    private ServerTrust? _trust;
    private MonitorDelivery? _delivery;
    private FindingLedger? _ledger;
    private MonitorHistory? _history;
    private bool _hasFailedToTell;

    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double Threshold { get; set; } = 50;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Model { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ExceptionPath { get; set; }

    [Parameter]
    [ValidateDuration]
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(30);

    [Parameter]
    [ValidateDuration]
    public TimeSpan RepeatAfter { get; set; } = TimeSpan.FromDays(1);

    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxFindings { get; set; } = 100;

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatePath { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SyslogServer { get; set; }

    [Parameter]
    public SyslogTransport Transport { get; set; }

    [Parameter]
    public SyslogFormat Format { get; set; }

    [Parameter]
    public Uri? Uri { get; set; }

    [Parameter]
    public IDictionary? Headers { get; set; }

    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutboxPath { get; set; }

    [Parameter]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = 3;

    [Parameter]
    public SwitchParameter UpdateHistory { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? HistoryPath { get; set; }

    /// <summary>How the monitor looks.</summary>
    private protected virtual MonitorOptions Options => new() { Interval = Interval, RepeatAfter = RepeatAfter };

    private string State => StatePath is null ? DefaultPaths.Monitor : FileArgument.Resolve(this, StatePath);

    /// <summary>Findings that were written.</summary>
    private protected long Told { get; private set; }

    /// <summary>The folder in which messages to a kind of receiver wait.</summary>
    private protected string Outbox(string kind) => OutboxPath is null ? OutboxLocation.Of(State, kind) : FileArgument.Resolve(this, OutboxPath);

    /// <summary>Messages that wait for their receivers.</summary>
    private protected int Waiting => _delivery!.WaitingCount;

    private protected FindingLedger Ledger => _ledger!;

    private protected TunnelMonitor Monitor { get; private set; } = null!;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        var judge = new Judge(ModelArgument.Read(this, Model), Threshold);
        OpenLedger(State);
        _history = UpdateHistory || HistoryPath is not null ? new HistoryArgument(this, HistoryPath).ForMonitor(UpdateHistory) : null;
        Monitor = new TunnelMonitor(judge, ExceptionArgument.Load(this, ExceptionPath), Ledger, Options, _history);
        _trust = ReceiverArguments.Trust(this, TrustedCertificate);
        _delivery = new MonitorDelivery { File = OutFile is null ? null : FileArgument.Resolve(this, OutFile) };
        if (SyslogServer is not null) AddReceiver(ReceiverArguments.Syslog(this, SyslogServer, Transport, Format, _trust), Outbox("syslog"));
        if (Uri is not null) AddReceiver(ReceiverArguments.Webhook(this, Uri, Headers, Credential, _trust), Outbox("webhook"));
        AttemptTelling(() => Ledger.Resume(_delivery.WasTold));
    }

    /// <summary>Tells findings; each is on disk before it counts as told.</summary>
    private protected void Tell(IReadOnlyList<DnsTunnelFinding> findings)
    {
        foreach (var finding in findings.Take(MaxFindings))
        {
            AttemptTelling(() => Ledger.Begin(finding));
            if (!AttemptTelling(() => _delivery!.Tell(finding, CancellationToken.None))) break;
            Ledger.Note(finding);
            // At once: to show an object can take long.
            AttemptTelling(Ledger.Save);
            Told++;
            Show(finding);
        }

        if (findings.Count > MaxFindings) Warn(FormattableString.Invariant($"{findings.Count - MaxFindings:N0} more findings wait for the next look; -MaxFindings raises the limit of {MaxFindings:N0}."));
        AttemptTelling(Ledger.Save);
    }

    private protected void Tell(SourceNotice notice)
    {
        Warn(notice.Text);
        AttemptTelling(() => _delivery!.Tell(notice, CancellationToken.None));
        AttemptTelling(Ledger.Save);
    }

    /// <summary>Says what receivers could not be reached, and what is wrong with the history.</summary>
    private protected void WarnOfTroubles()
    {
        foreach (var trouble in _delivery!.TakeTroubles()) Warn($"{trouble} Findings wait in the outbox.");
        foreach (var trouble in _history?.TakeTroubles() ?? []) Warn(Printable.Text(trouble));
    }

    private protected virtual void Show(DnsTunnelFinding finding)
    {
        if (!StopToken.IsCancellationRequested) WriteObject(finding);
    }

    private protected virtual void Warn(string text)
    {
        if (!StopToken.IsCancellationRequested) WriteWarning(text);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _delivery?.Dispose();
            _ledger?.Dispose();
            _trust?.Dispose();
        }
        base.Dispose(disposing);
    }

    private void OpenLedger(string path)
    {
        try
        {
            _ledger = FindingLedger.Open(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.StateNotUsable(path, exception));
        }

        if (_ledger!.SetAside is { } aside) WriteWarning($"The state file could not be understood and lies in '{Printable.Text(aside)}' now; findings that were told before are told again.");
    }

    private void AddReceiver(IReceiver receiver, string outbox) => _delivery!.Add(receiver, outbox, MaximumRetryCount);

    /// <summary>A full disk must not end the watch: what could not be told is told with the next look.</summary>
    private bool AttemptTelling(Action work)
    {
        try
        {
            work();
            _hasFailedToTell = false;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or TimeoutException or DeliveryException)
        {
            if (!_hasFailedToTell) Warn($"Could not tell: {Printable.Text(exception.Message)} It is tried again.");
            _hasFailedToTell = true;
            return false;
        }
    }
}
