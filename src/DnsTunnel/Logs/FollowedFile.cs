using DnsTunnel.Sources;

namespace DnsTunnel.Logs;

/// <summary>
/// A log that is being written: reading waits at its end for more. When another file takes its name (rotation), or it becomes shorter
/// (truncation), that is read from its start. Ends when cancelled.
/// </summary>
internal sealed class FollowedFile : ForwardStream
{
    private static readonly TimeSpan s_pollInterval = TimeSpan.FromMilliseconds(250);

    private readonly string _path;
    private readonly CancellationToken _cancellation;
    private FileStream _file;
    private bool _atLineStart = true;

    /// <param name="path">The file.</param>
    /// <param name="fromEnd">Whether only what is written from now on is read.</param>
    /// <param name="cancellation">Ends the stream.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before it was open.</exception>
    public FollowedFile(string path, bool fromEnd, CancellationToken cancellation)
    {
        _path = path;
        _cancellation = cancellation;
        // A pipe has no length, and to open it can wait for ever.
        _file = new FileInfo(path) is { Exists: true, Length: 0 } ? Task.Run(Open, cancellation).WaitAsync(cancellation).GetAwaiter().GetResult() : Open();
        if (!_file.CanSeek)
        {
            _file.Dispose();
            throw new IOException("it is a pipe or device: those are read until their writer ends, and cannot be followed.");
        }
        if (fromEnd) _file.Seek(0, SeekOrigin.End);
    }

    /// <summary>Called on the reading thread again and again while nothing is written.</summary>
    public Action? Idle { get; set; }

    public override int Read(Span<byte> buffer)
    {
        while (!_cancellation.IsCancellationRequested && !buffer.IsEmpty)
        {
            if (_file.Length < _file.Position) _file.Seek(0, SeekOrigin.Begin);
            var read = _file.Read(buffer);
            if (read > 0)
            {
                _atLineStart = buffer[read - 1] == '\n';
                return read;
            }
            if (!TryTurn())
            {
                Idle?.Invoke();
                _cancellation.WaitHandle.WaitOne(s_pollInterval);
            }
            else if (!_atLineStart)
            {
                // The last line of the old file never got its end; the first of the new one is not its rest.
                _atLineStart = true;
                buffer[0] = (byte)'\n';
                return 1;
            }
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private FileStream Open() => new(_path, new FileStreamOptions { Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 });

    /// <summary>
    /// Opens the file that has the name now, when it is another: its length is not that of the open one. (File systems without a birth
    /// time and the tunnelling of NTFS make creation times useless for this.) Between the two there may be none for a while.
    /// </summary>
    private bool TryTurn()
    {
        try
        {
            var before = _file.Length;
            var length = new FileInfo(_path).Length;
            // The open file may have grown between the looks; and what it still holds is read first.
            if ((length >= before && length <= _file.Length) || _file.Position != _file.Length) return false;
            var next = Open();
            _file.Dispose();
            _file = next;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
