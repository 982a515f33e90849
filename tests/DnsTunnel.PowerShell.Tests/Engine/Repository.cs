namespace DnsTunnel.PowerShell.Tests;

/// <summary>Paths of the repository that the tests run in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The folder of the staged module, the same that a user imports.</summary>
    public static string StagedModule { get; } = Path("output/DnsTunnel");

    public static string Manifest { get; } = Path("output/DnsTunnel/DnsTunnel.psd1");

    /// <summary>Debug or Release: what this test assembly was built as.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd('/', '\\')).Parent!.Name;

    /// <summary>The full path of a file or folder of the repository.</summary>
    public static string Path(string relative) => System.IO.Path.GetFullPath(System.IO.Path.Combine(Root, relative));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "DnsTunnel.PowerShell.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("not inside the repository");
    }
}
