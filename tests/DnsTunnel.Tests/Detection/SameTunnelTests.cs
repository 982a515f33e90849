namespace DnsTunnel.Tests.Detection;

/// <summary>One tunnel, seen as packets and in the logs of the server that it went through.</summary>
public class SameTunnelTests
{
    private const string Domain = "example.attack";

    /// <summary>Logs and the capture of the same run: their names share all but the ending.</summary>
    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        if (SharedData.Root is not null)
        {
            foreach (var log in Names("tunnels/korving-logs"))
            {
                var capture = $"{log[..log.IndexOf('.', StringComparison.Ordinal)]}.pcap";
                if (File.Exists(Path.Combine(SharedData.Root, "tunnels/korving", capture))) pairs.Add(capture, log);
            }
        }

        if (pairs.Count == 0) pairs.Add("none", "none");
        return pairs;
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_log_gives_the_finding_of_its_capture(string capture, string log)
    {
        var seen = CaptureRun.Findings(SharedData.Path($"tunnels/korving/{capture}"));
        var logged = CaptureRun.Findings(SharedData.Path($"tunnels/korving-logs/{log}"));
        Assert.Equal([Domain], seen.Select(f => f.Domain).Distinct());
        Assert.Equal([Domain], logged.Select(f => f.Domain).Distinct());
        // The captures were made on the server and have its own questions to the next one too; the log has those of the client.
        Assert.Contains(Assert.Single(logged).Client, seen.Select(f => f.Client));
    }

    private static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(Path.Combine(SharedData.Root!, folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);
}
