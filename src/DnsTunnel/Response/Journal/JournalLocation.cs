namespace DnsTunnel.Response.Journal;

/// <summary>Where the journal is unless the user says otherwise.</summary>
internal static class JournalLocation
{
    private const string FileName = "responses.jsonl";
    private const string FolderName = "DnsTunnel";

    /// <summary>
    /// State that lasts and is not shared: of the machine for administrators, else of the user (XDG Base Directory Specification;
    /// File System Programming Guide of macOS; known folders of Windows).
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
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        return Path.IsPathFullyQualified(state ?? "") ? state! : Path.Combine(home, ".local", "state");
    }
}
