namespace DnsTunnel.Sources;

/// <summary>A named pipe or device: opening and reading it can wait for ever, and end when cancelled.</summary>
internal sealed class PipeFile : ForwardStream
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly Task<FileStream> _file;
    private readonly CancellationToken _cancellation;

    public PipeFile(Func<FileStream> open, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _file = Task.Run(open, cancellation);
    }

    /// <exception cref="OperationCanceledException">Cancelled; what still waits in the system is left to itself.</exception>
    public override int Read(Span<byte> buffer)
    {
        var file = Wait(_file);
        var count = Math.Min(buffer.Length, _buffer.Length);
        // Not into the caller's buffer: a read that is left behind may still write to it.
        var read = Wait(Task.Run(() => file.Read(_buffer, 0, count)));
        _buffer.AsSpan(0, read).CopyTo(buffer);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.ContinueWith(t => t.Result.Dispose(), TaskContinuationOptions.OnlyOnRanToCompletion);
        base.Dispose(disposing);
    }

    private T Wait<T>(Task<T> task) => task.WaitAsync(_cancellation).GetAwaiter().GetResult();
}
