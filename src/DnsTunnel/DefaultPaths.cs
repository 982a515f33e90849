namespace DnsTunnel;

/// <summary>
/// Where our files are unless the user says otherwise: of the machine for administrators, else of the user (XDG Base Directory
/// Specification; File System Programming Guide of macOS; known folders of Windows).
/// </summary>
internal static class DefaultPaths
{
    public static string Exceptions => Data("exceptions.json");

    public static string History => Data("history.db");

    public static string Responses => State("responses.jsonl");

    public static string Monitor => State("monitor.json");

    private static string Data(string file) => Path.Combine(Folder("XDG_DATA_HOME", "share"), "DnsTunnel", file);

    /// <summary>What lasts and is not shared.</summary>
    private static string State(string file) => Path.Combine(Folder("XDG_STATE_HOME", "state"), "DnsTunnel", file);

    private static string Folder(string variable, string usual)
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
        var folder = Environment.GetEnvironmentVariable(variable);
        return Path.IsPathFullyQualified(folder ?? "") ? folder! : Path.Combine(home, ".local", usual);
    }
}
