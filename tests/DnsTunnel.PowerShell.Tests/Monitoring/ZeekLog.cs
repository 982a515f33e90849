using System.Globalization;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A log of queries that grows.</summary>
internal sealed class ZeekLog(string path, int seed)
{
    private readonly Random _random = new(seed);

    public string Path => path;

    /// <summary>Adds questions for new names of 32 hex digits.</summary>
    public void Tunnel(int names, DateTime time, TimeSpan length, string domain, string client) => Append(Enumerable.Range(0, names)
        .Select(i => Line(time + (length * i / names), client, $"{_random.NextInt64():x16}{_random.NextInt64():x16}.{domain}", "TXT")));

    /// <summary>Adds questions for few names.</summary>
    public void Browse(int queries, DateTime time) => Append(Enumerable.Range(0, queries)
        .Select(i => Line(time.AddMilliseconds(i), $"192.0.2.{_random.Next(100, 110)}", $"www.shop{_random.Next(20)}.example", "A")));

    private static string Line(DateTime time, string client, string name, string type) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"ts":{{(time - DateTime.UnixEpoch).TotalSeconds:F6}},"id.orig_h":"{{client}}","query":"{{name}}","qtype_name":"{{type}}","rcode_name":"NOERROR"}""");

    private void Append(IEnumerable<string> lines)
    {
        using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        using var writer = new StreamWriter(file);
        foreach (var line in lines) writer.Write(line + "\n");
    }
}
