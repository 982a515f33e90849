using DnsTunnel.Response.Files;

namespace DnsTunnel.Response.Journal;

/// <summary>
/// The record of all responses: JSON lines, only ever appended to and flushed to disk, each before the step it tells of or right
/// after it. The file itself is the lock: while a process holds it for writing, others wait.
/// </summary>
internal sealed class ResponseJournal(string path)
{
    public string FilePath { get; } = Path.GetFullPath(path);

    /// <summary>Reads the journal; there need not be one, and none is made.</summary>
    /// <exception cref="ResponseException">It cannot be read.</exception>
    public JournalContent Read(CancellationToken cancellationToken)
    {
        if (!File.Exists(FilePath) && !Directory.Exists(FilePath)) return new JournalContent();
        var options = new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite };
        using var stream = OpenFile(options, ResponseError.JournalNotReadable, cancellationToken);
        return Parse(stream);
    }

    /// <summary>Takes the journal for writing, and makes it when there is none: readable for its owner alone.</summary>
    /// <exception cref="ResponseException">It cannot be read or written.</exception>
    public JournalSession Open(CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        MakeFolder();
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = OpenFile(options, ResponseError.JournalNotWritable, cancellationToken);
        try
        {
            return new JournalSession(stream, Parse(stream), FilePath);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private FileStream OpenFile(FileStreamOptions options, ResponseError error, CancellationToken cancellationToken)
    {
        try
        {
            return SharedFile.Open(FilePath, options, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new ResponseException(ResponseError.JournalBusy, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResponseException(error, $"Cannot open the journal '{FilePath}': {exception.Message}", exception);
        }
    }

    private JournalContent Parse(FileStream stream)
    {
        try
        {
            var text = new byte[stream.Length];
            stream.ReadExactly(text);
            return JournalContent.Parse(text, FilePath);
        }
        catch (IOException exception)
        {
            throw new ResponseException(ResponseError.JournalNotReadable, $"Cannot read the journal '{FilePath}': {exception.Message}", exception);
        }
    }

    private void MakeFolder()
    {
        var folder = Path.GetDirectoryName(FilePath)!;
        try
        {
            if (Directory.Exists(folder)) return;
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResponseException(ResponseError.JournalNotWritable, $"Cannot make the folder of the journal '{FilePath}': {exception.Message}", exception);
        }
    }
}
