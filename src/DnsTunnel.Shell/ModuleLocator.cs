namespace DnsTunnel.Shell;

/// <summary>Finds the module to import.</summary>
internal static class ModuleLocator
{
    private const string Manifest = "DnsTunnel/DnsTunnel.psd1";

    /// <summary>The manifest beside the shell, else the staged one of the repository that the shell was built in; null when there is none.</summary>
    public static string? Find(string start)
    {
        var beside = Path.Combine(start, Manifest);
        if (File.Exists(beside)) return Path.GetFullPath(beside);
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var staged = Path.Combine(folder.FullName, "output", Manifest);
            if (File.Exists(staged)) return Path.GetFullPath(staged);
        }
        return null;
    }
}
