namespace DnsTunnel.Response.Files;

/// <summary>Opens files that other processes may hold for a moment.</summary>
internal static class SharedFile
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Opens a file as soon as nobody holds it in a way that excludes this; <see cref="FileShare.None"/> is a lock among processes.</summary>
    /// <exception cref="TimeoutException">Someone held it for thirty seconds.</exception>
    public static FileStream Open(string path, FileStreamOptions options, CancellationToken cancellationToken)
    {
        var end = DateTime.UtcNow + s_patience;
        while (true)
        {
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException exception) when (IsHeld(exception))
            {
                if (DateTime.UtcNow > end) throw new TimeoutException($"Another process has held '{path}' for {s_patience.TotalSeconds} seconds.", exception);
            }
            cancellationToken.WaitHandle.WaitOne(s_pause);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION; EWOULDBLOCK of Linux and of macOS, which the runtime passes through.
    private static bool IsHeld(IOException exception) => OperatingSystem.IsWindows()
        ? exception.HResult is unchecked((int)0x80070020) or unchecked((int)0x80070021)
        : exception.HResult is 11 or 35;
}
