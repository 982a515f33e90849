namespace DnsTunnel.Exceptions;

/// <summary>Where the user's exceptions are unless the user says otherwise.</summary>
internal static class ExceptionLocation
{
    private const string FileName = "exceptions.json";
    private const string FolderName = "DnsTunnel";

    /// <summary>
    /// Data of the machine for administrators, else of the user (XDG Base Directory Specification; File System Programming Guide of
    /// macOS; known folders of Windows).
    /// </summary>
    public static string Default => Path.Combine(Folder(), FolderName, FileName);

    private static string Folder()
    {
        var isAdministrator = Environment.IsPrivilegedProcess;
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(
                isAdministrator ? Environment.SpecialFolder.CommonApplicationData : Environment.SpecialFolder.LocalApplicationData);
        }
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsMacOS()) return Path.Combine(home, "Library", "Application Support");
        if (isAdministrator) return "/var/lib";

        // The specification tells to ignore relative paths.
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        return Path.IsPathFullyQualified(data ?? "") ? data! : Path.Combine(home, ".local", "share");
    }
}
