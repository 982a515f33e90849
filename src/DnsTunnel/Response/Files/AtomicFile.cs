namespace DnsTunnel.Response.Files;

/// <summary>Replaces the content of a file so that every reader, and every crash, finds the old content or the new, never a part.</summary>
internal static class AtomicFile
{
    /// <summary>Writes beside the file, flushes, renames over it. Mode and owner stay those of the file; Windows keeps its access list.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What it holds then.</param>
    /// <param name="isPrivate">Whether a file that is new is for its owner alone.</param>
    /// <exception cref="IOException">It could not be written; the file is as it was.</exception>
    /// <exception cref="UnauthorizedAccessException">The same, for want of rights.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content, bool isPrivate = false)
    {
        var folder = Path.GetDirectoryName(path)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = Create(temporary, isPrivate || File.Exists(path)))
            {
                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }
            if (File.Exists(path)) CopyOwnerAndMode(path, temporary);
            Rename(temporary, path);
        }
        catch
        {
            Delete(temporary);
            throw;
        }
        UnixFile.FlushFolder(folder);
    }

    private static FileStream Create(string temporary, bool isPrivate)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        // Nobody who may not read the file may read its copy, at no time.
        if (!OperatingSystem.IsWindows() && isPrivate) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(temporary, options);
    }

    private static void CopyOwnerAndMode(string path, string temporary)
    {
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path);
        // A resolver that loses the right to read its zone loses the whole policy at the next load.
        if (!UnixFile.TryCopyOwner(path, temporary) && !mode.HasFlag(UnixFileMode.OtherRead))
            throw new UnauthorizedAccessException($"The owner of '{path}' cannot be kept, and others may not read it.");
        File.SetUnixFileMode(temporary, mode);
    }

    private static void Rename(string temporary, string path)
    {
        if (OperatingSystem.IsWindows() && File.Exists(path)) File.Replace(temporary, path, null);
        else File.Move(temporary, path, overwrite: true);
    }

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What made the writing fail matters more than a left-over.
        }
    }
}
