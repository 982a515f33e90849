namespace DnsTunnel;

/// <summary>Files that come with the module.</summary>
internal static class DataFile
{
    /// <summary>Where one is.</summary>
    public static string PathOf(string name)
    {
        // Empty when the assembly was loaded from memory.
        var folder = Path.GetDirectoryName(typeof(DataFile).Assembly.Location);
        return Path.Combine(string.IsNullOrEmpty(folder) ? AppContext.BaseDirectory : folder, "data", name);
    }
}
