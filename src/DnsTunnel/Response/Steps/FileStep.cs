using System.Text;
using DnsTunnel.Response.Files;

namespace DnsTunnel.Response.Steps;

/// <summary>A new text file, in a folder that a server reads its configuration from. The file is ours as long as its content is.</summary>
internal sealed class FileStep(string path, string[] lines) : IResponseStep
{
    /// <summary>The name in the journal.</summary>
    public const string KindName = "File";

    private const string PathKey = "path";

    public FileStep(StepRecord record) : this(record.Value(PathKey), record.Changes)
    {
    }

    /// <inheritdoc/>
    public string Kind => KindName;

    /// <inheritdoc/>
    public string[] Changes => lines;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> State => new Dictionary<string, string> { [PathKey] = path };

    private byte[] Content => Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    /// <inheritdoc/>
    public void Apply(StepContext context)
    {
        if (File.Exists(path)) throw new ResponseException(ResponseError.FileNotUsable, $"There is a file '{path}' already.");
        Try(() => AtomicFile.Write(path, Content));
    }

    /// <inheritdoc/>
    public string? Inspect(StepContext context)
    {
        if (!File.Exists(path)) return null;
        var isWhole = false;
        Try(() => isWhole = File.ReadAllBytes(path).AsSpan().SequenceEqual(Content));
        if (!isWhole) throw new ResponseException(ResponseError.ResponseChanged, $"Others have changed the file '{path}'.");
        return "whole";
    }

    /// <inheritdoc/>
    public string? Undo(string? left, StepContext context)
    {
        if (!File.Exists(path)) return left is null ? null : $"The file '{path}' was not there any more.";
        if (!context.Force) Inspect(context);
        Try(() => File.Delete(path));
        UnixFile.FlushFolder(Path.GetDirectoryName(path)!);
        return null;
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResponseException(ResponseError.FileNotUsable, $"Cannot use the file '{path}': {exception.Message}", exception);
        }
    }
}
