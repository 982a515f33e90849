using DnsTunnel.Response.Files;

namespace DnsTunnel.Response.Rpz;

/// <summary>The file of a response-policy zone on disk. Links are followed, so that the link stays a link.</summary>
internal sealed class RpzFile(string path)
{
    /// <summary>The path without links.</summary>
    public string Path { get; } = Resolve(System.IO.Path.GetFullPath(path));

    public bool Exists => File.Exists(Path);

    public static DateOnly Today => DateOnly.FromDateTime(DateTime.UtcNow);

    /// <summary>Reads the file.</summary>
    /// <exception cref="ResponseException">It cannot be read, or is no zone.</exception>
    public ZoneFile Read(bool mustExist)
    {
        try
        {
            if (Directory.Exists(Path)) throw new ResponseException(ResponseError.ZoneFileNotReadable, $"'{Path}' is a folder, not a zone file.");
            RequireFolder();
            var content = File.Exists(Path) || mustExist ? File.ReadAllBytes(Path) : [];
            return new ZoneFile(content, Path, Today);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResponseException(ResponseError.ZoneFileNotReadable, $"Cannot read the zone file '{Path}': {exception.Message}", exception);
        }
    }

    /// <summary>
    /// The zone file is replaced by a rename, so a lock on it would be one on a file that is gone; a file beside it is held instead.
    /// It stays: to delete it would let two processes hold two files of the same name.
    /// </summary>
    public FileStream Lock(CancellationToken cancellationToken)
    {
        RequireFolder();
        var name = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Path)!, $".{System.IO.Path.GetFileName(Path)}.lock");
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            return SharedFile.Open(name, options, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new ResponseException(ResponseError.ZoneFileBusy, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    private void RequireFolder()
    {
        var folder = System.IO.Path.GetDirectoryName(Path);
        if (!Directory.Exists(folder)) throw new ResponseException(ResponseError.ZoneFileNotWritable, $"There is no folder '{folder}' for the zone file.");
    }

    /// <summary>Replaces the content.</summary>
    /// <exception cref="ResponseException">It cannot be written, and is as it was.</exception>
    public void Write(byte[] content)
    {
        try
        {
            AtomicFile.Write(Path, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    private ResponseException NotWritable(Exception exception) =>
        new(ResponseError.ZoneFileNotWritable, $"Cannot write the zone file '{Path}': {exception.Message}", exception);

    private static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
