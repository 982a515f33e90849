using System.Globalization;
using DnsTunnel.Packets;
using DnsTunnel.Queries;
using DnsTunnel.Sources;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Limits;

/// <summary>docs/limits.md says what the code does.</summary>
public sealed class LimitsPageTests
{
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(SharedData.Repository, "docs/limits.md"));

    public static TheoryData<string, string> Limits => new()
    {
        { "buffer of a file", Mebibytes(ByteSource.MaximumRequest) },
        { "datagrams in reassembly", Count(FragmentTable.MaxDatagrams) },
        { "datagrams in reassembly", Mebibytes(FragmentTable.MaxBytes) },
        { "TCP streams followed", Count(TcpStreams.MaxStreams) },
        { "TCP streams followed", Mebibytes(TcpStreams.MaxBytes) },
        { "segments of a stream", Count(TcpStream.MaxPendingSegments) },
        { "requests that wait for an answer", Count(PendingRequests.MaxCount) },
        { "summaries", Count(VolumeLimits.Default.Summaries) },
        { "entries of all summaries", Count(VolumeLimits.Default.Entries) },
        { "distinct names of a summary", Count(NameSketch.MaxCount) },
    };

    [Theory, MemberData(nameof(Limits))]
    public void The_page_and_the_code_agree(string what, string limit) =>
        Assert.Contains(limit, Assert.Single(s_lines, line => line.StartsWith($"| {what}", StringComparison.Ordinal)).Split('|')[2], StringComparison.Ordinal);

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Mebibytes(long bytes) => Count(bytes >> 20) + " MiB";
}
