using System.Management.Automation;
using DnsTunnel.Export;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsData.Export, "DnsQuery", DefaultParameterSetName = FileSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed partial class ExportDnsQueryCommand : CancellableCmdlet
{
    private const string FileSet = "File";

    private string _file = string.Empty;
    private QueryWriter? _writer;

    [Parameter(Mandatory = true, Position = 0, ParameterSetName = FileSet)]
    [Alias("LiteralPath")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FileSet)]
    [Parameter(ValueFromPipeline = true, ParameterSetName = ClickHouseSet)]
    public DnsQuery? InputObject { get; set; }

    [Parameter(ParameterSetName = FileSet)]
    public DnsQueryFormat Format { get; set; }

    [Parameter(ParameterSetName = FileSet)]
    public SwitchParameter Append { get; set; }

    [Parameter(ParameterSetName = FileSet)]
    public SwitchParameter NoClobber { get; set; }

    [Parameter(ParameterSetName = FileSet)]
    public SwitchParameter Force { get; set; }

    [Parameter(ParameterSetName = FileSet)]
    public SwitchParameter PassThru { get; set; }

    protected override void BeginProcessing()
    {
        if (ParameterSetName == ClickHouseSet)
        {
            OpenStore();
            return;
        }

        _file = FileArgument.Resolve(this, Path);
        if (!ShouldProcess(_file, $"Export queries as {Format}")) return;
        try
        {
            if (Force && File.Exists(_file)) File.SetAttributes(_file, File.GetAttributes(_file) & ~FileAttributes.ReadOnly);
            _writer = QueryWriter.Open(_file, Format, Append ? FileMode.Append : NoClobber ? FileMode.CreateNew : FileMode.Create);
        }
        catch (IOException e) when (NoClobber && !Append && File.Exists(_file))
        {
            ThrowTerminatingError(Errors.FileExists(_file, e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.FileNotWritable(_file, e));
        }
    }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        if (_loader is not null) Load(_loader, InputObject);
        else if (_writer is not null) Attempt(() => _writer.Write(InputObject));
    }

    protected override void EndProcessing()
    {
        if (_loader is not null) CompleteLoad(_loader);
        if (_writer is null) return;
        Attempt(_writer.Dispose);
        if (PassThru) WriteObject(new FileInfo(_file));
    }

    /// <summary>Comes after Ctrl+C too, when EndProcessing does not: what was written so far becomes a whole file.</summary>
    protected override void Dispose(bool disposing)
    {
        try
        {
            if (disposing)
            {
                _writer?.Dispose();
                _store?.Store.Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The error of the write that ended the pipeline was shown; there is nobody left to tell of this one.
        }
        base.Dispose(disposing);
    }

    private void Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.FileNotWritable(_file, e));
        }
    }
}
