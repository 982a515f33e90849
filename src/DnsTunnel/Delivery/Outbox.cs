using System.Globalization;
using DnsTunnel.Response.Files;

namespace DnsTunnel.Delivery;

/// <summary>
/// A folder that holds the messages of one receiver from before they are sent until they have arrived, one file each, oldest first. What
/// the receiver refuses for what it says is moved to a folder in it, so that it does not hold up the others.
/// </summary>
/// <param name="folder">The folder.</param>
/// <param name="extension">Ends the names of files of messages.</param>
/// <param name="maxBytes">What the messages may take on disk.</param>
internal sealed class Outbox(string folder, string extension, long maxBytes = long.MaxValue)
{
    private const string RefusedFolder = "refused";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private long _last;

    /// <summary>The files of messages that wait, oldest first.</summary>
    public string[] Waiting => Attempt(() =>
    {
        if (!Directory.Exists(folder)) return [];
        var files = Directory.GetFiles(folder, "*" + extension);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    });

    /// <summary>Puts a message in, on disk when this returns.</summary>
    /// <exception cref="DeliveryException">It cannot be written.</exception>
    public void Add(ReadOnlyMemory<byte> message) => Attempt(() =>
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, Private);
        if (maxBytes < long.MaxValue && Waiting.Sum(LengthOf) + message.Length > maxBytes) throw new DeliveryException(DeliveryError.OutboxFull, $"The outbox '{folder}' is full.");
        // Two in one tick would not be in order.
        _last = Math.Max(_last + 1, DateTime.UtcNow.Ticks);
        AtomicFile.Write(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{_last:D19}-{Guid.NewGuid():N}{extension}")), message.Span, isPrivate: true);
        return true;
    });

    /// <summary>Takes the right to send, which one process has at a time; null when another has it.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            return LockFile.Take(Path.Combine(folder, ".lock"));
        }
        catch (IOException)
        {
            return null;
        }
    }

    public byte[] Read(string file) => Attempt(() => File.ReadAllBytes(file));

    public void Remove(string file) => Attempt(() =>
    {
        File.Delete(file);
        return true;
    });

    /// <summary>Sets a message aside; where it is then.</summary>
    public string Refuse(string file) => Attempt(() =>
    {
        var aside = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, RefusedFolder)).FullName, Path.GetFileName(file));
        File.Move(file, aside);
        return aside;
    });

    /// <summary>Nothing, when it has just been sent.</summary>
    private static long LengthOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length : 0;

    private T Attempt<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DeliveryException(DeliveryError.OutboxNotUsable, $"The outbox '{folder}' cannot be used: {exception.Message}", exception);
        }
    }
}
