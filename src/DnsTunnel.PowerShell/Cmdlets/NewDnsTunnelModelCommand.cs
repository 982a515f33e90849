using System.Management.Automation;
using System.Security.Cryptography;
using DnsTunnel.Measurement;
using DnsTunnel.Models;
using DnsTunnel.Response.Files;
using DnsTunnel.Training;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.New, "DnsTunnelModel", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewDnsTunnelModelCommand : ManifestCmdlet
{
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public string Destination { get; set; } = string.Empty;

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void EndProcessing()
    {
        var file = FileArgument.Resolve(this, Destination);
        if (StopToken.IsCancellationRequested || !ShouldProcess(file, "Train a model and write it")) return;
        if (File.Exists(file) && !Force) ThrowTerminatingError(Errors.ModelExists(file));
        try
        {
            var model = Train();
            if (model is null) return;
            AtomicFile.Write(file, ModelFile.Write(model));
            WriteObject(new FileInfo(file));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.FileNotWritable(file, exception));
        }
    }

    private TunnelModel? Train()
    {
        var set = Gather(e => e.Tool ?? e.Group ?? string.Empty);
        StopToken.ThrowIfCancellationRequested();
        if (!set.Rows.Any(r => r.IsTunnel) || set.Rows.All(r => r.IsTunnel)) ThrowTerminatingError(Errors.NothingToTrainOn(Path.Length > 0 ? Path : LiteralPath));
        return ModelTrainer.Fit(set.Rows, new ModelTraining
        {
            Version = MyInvocation.MyCommand.Module?.Version.ToString() ?? string.Empty,
            Library = typeof(Microsoft.ML.MLContext).Assembly.GetName().Version!.ToString(),
            Windows = set.Rows.Count,
            Sources = [.. Entries.Where(e => e.Label != DnsTunnelLabel.Unlabelled).Select(SourceOf)],
        });
    }

    private static ModelSource SourceOf(ManifestEntry entry)
    {
        using var stream = File.OpenRead(entry.Path);
        return new ModelSource(System.IO.Path.GetFileName(entry.Path), entry.Label.ToString(), Convert.ToHexString(SHA256.HashData(stream)));
    }
}
