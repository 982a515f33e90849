namespace DnsTunnel.PowerShell.Tests;

/// <summary>The captures that come with the project, and copies of them in a folder of a test's own.</summary>
internal sealed class Captures : IDisposable
{
    public static readonly string Folder = Path.Combine(Repository.Root, "examples", "captures");
    public static readonly string Iodine = Path.Combine(Folder, "iodine.pcap.gz");
    public static readonly string Dns2tcp = Path.Combine(Folder, "dns2tcp.pcap");
    public static readonly string Windows = Path.Combine(Folder, "windows-office.pcap");

    /// <summary>An empty folder that is removed after the test.</summary>
    public string Temporary { get; } = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    public string Copy(string capture, string name)
    {
        var path = Path.Combine(Temporary, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(capture, path);
        return path;
    }

    public string Write(string name, byte[] content)
    {
        var path = Path.Combine(Temporary, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A capture cut in the middle of a packet.</summary>
    public string Cut(string capture, string name) => Write(name, File.ReadAllBytes(capture)[..^7]);

    public void Dispose() => Directory.Delete(Temporary, recursive: true);
}
