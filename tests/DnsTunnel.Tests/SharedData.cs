namespace DnsTunnel.Tests;

/// <summary>The captures and logs that lie beside the repository on the project's own machines; tests that need them skip without.</summary>
internal static class SharedData
{
    private const string Missing = "the shared data folder is not beside this repository";

    /// <summary>The path of a file or folder below shared/data; skips the test when it is not there.</summary>
    public static string Path(string relative)
    {
        var path = Root is null ? null : System.IO.Path.Combine(Root, relative);
        if (path is null || !(File.Exists(path) || Directory.Exists(path))) Assert.Skip($"{relative}: {Missing}");
        return path;
    }

    /// <summary>The folder, or null.</summary>
    public static string? Root { get; } = Find();

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = FindRepository();

    private static string? Find()
    {
        var folder = System.IO.Path.Combine(FindRepository(), "..", "shared", "data");
        return Directory.Exists(folder) ? System.IO.Path.GetFullPath(folder) : null;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "DnsTunnel.PowerShell.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("not inside the repository");
    }
}
