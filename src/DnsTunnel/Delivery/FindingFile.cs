using System.Text.Json;
using DnsTunnel.Response.Files;

namespace DnsTunnel.Delivery;

/// <summary>
/// A file of findings, one line of JSON each. It is opened anew for every finding: findings are rare, and so several processes can write
/// to one file, and whoever rotates it can move it away at any time.
/// </summary>
internal static class FindingFile
{
    /// <summary>
    /// Keeps other writers out and lets readers in. On Unix .NET takes a shared lock for <see cref="FileShare.Read"/>, which two writers
    /// get at once; its locks bind no reader there.
    /// </summary>
    private static readonly FileShare s_share = OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    /// <exception cref="IOException">It could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    /// <exception cref="TimeoutException">Another process holds it.</exception>
    public static void Append(string path, DnsTunnelFinding finding, CancellationToken cancellationToken) =>
        Append(path, EcsFindingWriter.Write(finding, DateTime.UtcNow), cancellationToken);

    /// <inheritdoc cref="Append(string, DnsTunnelFinding, CancellationToken)"/>
    public static void Append(string path, SourceNotice notice, CancellationToken cancellationToken) =>
        Append(path, EcsNoticeWriter.Write(notice), cancellationToken);

    /// <summary>Whether the last line tells a finding, and was written no earlier than a time.</summary>
    /// <param name="path">The file; there need not be one.</param>
    /// <param name="id">Of the finding.</param>
    /// <param name="since">UTC.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static bool EndsWith(string path, string id, DateTime since)
    {
        if (!File.Exists(path)) return false;
        try
        {
            using var json = JsonDocument.Parse(File.ReadLines(path).LastOrDefault() ?? "");
            var told = json.RootElement.GetProperty("event");
            // What is written has milliseconds.
            return told.GetProperty("id").GetString() == id && told.GetProperty("created").GetDateTime() > since.AddMilliseconds(-1);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // A line that was cut, or of others, tells nothing.
            return false;
        }
    }

    private static void Append(string path, byte[] json, CancellationToken cancellationToken)
    {
        byte[] line = [.. json, (byte)'\n'];
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = s_share };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = SharedFile.Open(path, options, cancellationToken);
        EndLine(file);
        file.Write(line);
    }

    /// <summary>A line that was cut, by a full disk or a crash, must not take this one with it.</summary>
    private static void EndLine(FileStream file)
    {
        if (file.Length == 0) return;
        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != '\n') file.WriteByte((byte)'\n');
    }
}
