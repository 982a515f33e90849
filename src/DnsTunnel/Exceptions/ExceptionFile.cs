using DnsTunnel.Names;
using DnsTunnel.Response.Files;

namespace DnsTunnel.Exceptions;

/// <summary>The user's exceptions: one JSON file, replaced whole, so that readers need no lock. Writers hold a file beside it.</summary>
internal sealed class ExceptionFile(string path)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(path))!;

    public string FilePath { get; } = Path.GetFullPath(path);

    /// <summary>The exceptions in it; none when there is no file.</summary>
    /// <exception cref="ExceptionListException">It cannot be read, or holds something else.</exception>
    public DnsTunnelException[] Read()
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(FilePath);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ExceptionListException(ExceptionListError.ExceptionFileNotReadable, $"Cannot read the exceptions '{FilePath}': {exception.Message}", exception);
        }

        try
        {
            return [.. ExceptionText.Read(content).Select(e => e with { ExceptionPath = FilePath })];
        }
        catch (InvalidDataException exception)
        {
            throw new ExceptionListException(ExceptionListError.ExceptionFileNotValid, $"'{FilePath}' is not a whole file of exceptions: {exception.Message}", exception);
        }
    }

    /// <summary>The same, ready to be matched.</summary>
    /// <exception cref="ExceptionListException">The file cannot be read, or an exception in it is not valid.</exception>
    public ExceptionRule[] ReadRules(PublicSuffixList suffixes) => [.. Read().Select(exception => ParseRule(exception, suffixes))];

    /// <summary>Adds one under an id of its own; returns it as it is in the file.</summary>
    /// <exception cref="ExceptionListException">There is one like it, or the file cannot be read or written.</exception>
    public DnsTunnelException Add(DnsTunnelException exception, CancellationToken cancellationToken)
    {
        using var held = Hold(cancellationToken);
        var exceptions = Read();
        if (exceptions.FirstOrDefault(e => !e.IsExpired && IsSame(e, exception)) is { } same)
        {
            throw new ExceptionListException(ExceptionListError.ExceptionExists, $"There is an exception for '{same.Domain}' of this shape and client already: {same.Id}.");
        }

        string id;
        do id = Guid.NewGuid().ToString("N")[..8];
        while (exceptions.Any(e => e.Id == id));
        exception = exception with { Id = id, ExceptionPath = FilePath };
        Write([.. exceptions, exception]);
        return exception;
    }

    /// <summary>Removes one; returns it.</summary>
    /// <exception cref="ExceptionListException">There is none of that id, or the file cannot be read or written.</exception>
    public DnsTunnelException Remove(string id, CancellationToken cancellationToken)
    {
        // Nothing is made, not even the lock, where there is nothing to remove.
        _ = Find(Read(), id);
        using var held = Hold(cancellationToken);
        var exceptions = Read();
        var exception = Find(exceptions, id);
        Write(exceptions.Where(e => e != exception));
        return exception;
    }

    /// <summary>One of the file.</summary>
    /// <exception cref="ExceptionListException">There is none of that id.</exception>
    public DnsTunnelException Find(IEnumerable<DnsTunnelException> exceptions, string id) =>
        exceptions.FirstOrDefault(e => e.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? throw new ExceptionListException(
            ExceptionListError.ExceptionNotFound, $"'{FilePath}' has no exception '{Printable.Text(id)}'.");

    private static bool IsSame(DnsTunnelException left, DnsTunnelException right) =>
        left.Domain.Equals(right.Domain, StringComparison.OrdinalIgnoreCase) && left.NamePattern == right.NamePattern && left.Client == right.Client;

    private ExceptionRule ParseRule(DnsTunnelException exception, PublicSuffixList suffixes)
    {
        try
        {
            return ExceptionRuleParser.Parse(exception, suffixes);
        }
        catch (ExceptionListException e)
        {
            throw new ExceptionListException(ExceptionListError.ExceptionFileNotValid,
                $"The exception '{Printable.Text(exception.Id)}' in '{FilePath}' cannot be used: {e.Message}", e);
        }
    }

    private FileStream Hold(CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            MakeFolder();
            return SharedFile.Open(Path.Combine(_folder, $".{Path.GetFileName(FilePath)}.lock"), options, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new ExceptionListException(ExceptionListError.ExceptionFileBusy, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    private void Write(IEnumerable<DnsTunnelException> exceptions)
    {
        try
        {
            AtomicFile.Write(FilePath, ExceptionText.Write(exceptions), isPrivate: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritable(exception);
        }
    }

    private void MakeFolder()
    {
        if (Directory.Exists(_folder)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_folder);
        else Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private ExceptionListException NotWritable(Exception inner) =>
        new(ExceptionListError.ExceptionFileNotWritable, $"Cannot write the exceptions '{FilePath}': {inner.Message}", inner);
}
