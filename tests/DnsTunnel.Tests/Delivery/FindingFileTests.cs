using System.Text.Json;
using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

public sealed class FindingFileTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("DnsTunnel").FullName, "findings.ndjson");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void A_finding_is_a_line()
    {
        foreach (var text in Hostile.Texts) FindingFile.Append(_file, Findings.Hostile(text), Token);
        var lines = File.ReadAllLines(_file);
        Assert.Equal(Hostile.Texts.Length, lines.Length);
        Assert.All(lines, line => JsonDocument.Parse(line).Dispose());
    }

    [Fact]
    public void Only_the_owner_may_read_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists.");
        FindingFile.Append(_file, Findings.Make(), Token);
#pragma warning disable CA1416 // skipped there
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_file));
#pragma warning restore CA1416
    }

    [Fact]
    public void A_line_that_was_cut_takes_no_other_with_it()
    {
        File.WriteAllText(_file, "{\"cut\":");
        FindingFile.Append(_file, Findings.Make(), Token);
        using var json = JsonDocument.Parse(File.ReadAllLines(_file)[1]);
    }

    [Fact]
    public async Task Several_writers_lose_no_line()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(w => Task.Run(() =>
        {
            for (var i = 0; i < 25; i++) FindingFile.Append(_file, Findings.Make($"d{w}-{i}.example"), Token);
        }, Token)));
        var domains = File.ReadAllLines(_file).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("dns").GetProperty("question").GetProperty("registered_domain").GetString());
        Assert.Equal(100, domains.Distinct().Count());
    }
}
