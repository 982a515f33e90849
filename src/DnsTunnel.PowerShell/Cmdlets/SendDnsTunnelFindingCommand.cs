using System.Collections;
using System.Globalization;
using System.Management.Automation;
using DnsTunnel.Delivery;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommunications.Send, "DnsTunnelFinding", DefaultParameterSetName = FileSet, SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class SendDnsTunnelFindingCommand : CancellableCmdlet
{
    private const string FileSet = "File";
    private const string SyslogSet = "Syslog";
    private const string WebhookSet = "Webhook";

    private string _file = string.Empty;
    private string _receiver = string.Empty;
    private ServerTrust? _trust;
    private Courier? _courier;
    private IReceiver? _encoder;
    private bool _isSending;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    [Parameter(Mandatory = true, ParameterSetName = SyslogSet)]
    [ValidateNotNullOrEmpty]
    public string SyslogServer { get; set; } = string.Empty;

    [Parameter(ParameterSetName = SyslogSet)]
    public SyslogTransport Transport { get; set; }

    [Parameter(ParameterSetName = SyslogSet)]
    public SyslogFormat Format { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = WebhookSet)]
    public Uri Uri { get; set; } = null!;

    [Parameter(ParameterSetName = WebhookSet)]
    public IDictionary? Headers { get; set; }

    [Parameter(ParameterSetName = WebhookSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter(ParameterSetName = SyslogSet)]
    [Parameter(ParameterSetName = WebhookSet)]
    [ValidateNotNullOrEmpty]
    public string? TrustedCertificate { get; set; }

    [Parameter(ParameterSetName = SyslogSet)]
    [Parameter(ParameterSetName = WebhookSet)]
    [ValidateNotNullOrEmpty]
    public string? OutboxPath { get; set; }

    [Parameter(ParameterSetName = SyslogSet)]
    [Parameter(ParameterSetName = WebhookSet)]
    [ValidateRange(0, 20)]
    public int MaximumRetryCount { get; set; } = 3;

    protected override void BeginProcessing()
    {
        if (ParameterSetName == FileSet)
        {
            _receiver = _file = FileArgument.Resolve(this, Path);
            return;
        }
        var receiver = _encoder = MakeReceiver();
        _receiver = receiver.Name;
        var outbox = OutboxPath is null ? null : new Outbox(FileArgument.Resolve(this, OutboxPath), receiver.FileExtension);
        _courier = new Courier(receiver, outbox, MaximumRetryCount, TimeSpan.FromSeconds(0.5));
        AttemptOutbox(() =>
        {
            if (_courier.WaitingCount == 0 || !ShouldProcess($"{_receiver}, from '{OutboxPath}'", "Send the findings that wait in the outbox")) return;
            _isSending = true;
            Wait(_courier.DrainAsync(StopToken));
        });
    }

    protected override void ProcessRecord()
    {
        if (FindingReader.Read(InputObject) is not { } finding)
        {
            WriteError(Errors.FindingNotUsable(InputObject));
        }
        else if (!finding.IsTunnel)
        {
            WriteVerbose($"'{Printable.Text(finding.Domain)}' is not sent: it is no tunnel by its finding.");
        }
        else if (ShouldProcess(_receiver, $"Send the finding on '{Printable.Text(finding.Domain)}', client {Printable.Text(finding.Client ?? "several")}"))
        {
            _isSending = true;
            Deliver(finding);
        }
    }

    protected override void EndProcessing()
    {
        if (_courier is null || !_isSending) return;
        AttemptOutbox(() =>
        {
            // Another process may have had the turn when ours came.
            Wait(_courier.DrainAsync(StopToken));
            var waiting = _courier.WaitingCount;
            if (waiting == 0) return;
            var cause = _courier.Trouble is { } trouble ? Printable.Text(trouble.Message) : "another process is sending.";
            WriteWarning(string.Create(CultureInfo.InvariantCulture, $"{waiting:N0} findings wait in '{OutboxPath}' for the next call: {cause}"));
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _courier?.Dispose();
            _trust?.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Deliver(DnsTunnelFinding finding)
    {
        try
        {
            if (_courier is null) FindingFile.Append(_file, finding, StopToken);
            else Wait(_courier.DeliverAsync(_encoder!.Encode(finding), StopToken));
        }
        catch (DeliveryException exception)
        {
            WriteError(Errors.Delivery(exception, InputObject));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // The engine is stopping the pipeline and wants no more from us.
        }
        catch (Exception exception) when (_courier is null && exception is IOException or UnauthorizedAccessException or TimeoutException)
        {
            ThrowTerminatingError(Errors.FileNotWritable(_file, exception));
        }
    }

    private void AttemptOutbox(Action work)
    {
        try
        {
            work();
        }
        catch (DeliveryException exception)
        {
            ThrowTerminatingError(Errors.Delivery(exception, OutboxPath));
        }
    }

    private IReceiver MakeReceiver()
    {
        _trust = ReceiverArguments.Trust(this, TrustedCertificate);
        return ParameterSetName == SyslogSet
            ? ReceiverArguments.Syslog(this, SyslogServer, Transport, Format, _trust)
            : ReceiverArguments.Webhook(this, Uri, Headers, Credential, _trust);
    }

    private void Wait(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            // With an outbox, what was not sent waits there.
        }
        while (_courier!.Refused.TryDequeue(out var refused)) WriteError(Errors.Delivery(refused.Cause, refused.File));
    }
}
