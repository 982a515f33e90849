using System.Management.Automation;
using DnsTunnel.Report;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsData.Export, "DnsTunnelReport", SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class ExportDnsTunnelReportCommand : CancellableCmdlet
{
    private readonly List<DnsTunnelFinding> _findings = [];

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = "DNS tunnel report";

    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] Response { get; set; } = [];

    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public PSObject?[] Statistics { get; set; } = [];

    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (FindingReader.Read(InputObject) is { } finding) _findings.Add(finding);
        else WriteError(Errors.FindingNotUsable(InputObject));
    }

    protected override void EndProcessing()
    {
        if (StopToken.IsCancellationRequested) return;
        var file = FileArgument.Resolve(this, Path);
        if (!ShouldProcess(file, $"Write a report of {_findings.Count} findings")) return;
        Write(file, new ReportContent(Title, DateTime.UtcNow)
        {
            Findings = [.. _findings.OrderByDescending(f => f.IsTunnel).ThenByDescending(f => f.RiskScore).ThenByDescending(f => f.Score).ThenByDescending(f => f.BytesOut)],
            Responses = [.. (Response ?? []).Select(ReportObjects.Response).OfType<DnsTunnelResponse>()],
            Inputs = [.. (Statistics ?? []).SelectMany(ReportObjects.Inputs)],
        });
        if (PassThru) WriteObject(new FileInfo(file));
    }

    private void Write(string file, ReportContent content)
    {
        try
        {
            if (Force && File.Exists(file)) File.SetAttributes(file, File.GetAttributes(file) & ~FileAttributes.ReadOnly);
            using var stream = new FileStream(file, NoClobber ? FileMode.CreateNew : FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16);
            ReportWriter.Write(stream, content);
        }
        catch (IOException exception) when (NoClobber && File.Exists(file))
        {
            ThrowTerminatingError(Errors.FileExists(file, exception));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.FileNotWritable(file, exception));
        }
    }
}
