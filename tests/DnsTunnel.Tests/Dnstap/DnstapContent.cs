using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Sources;

namespace DnsTunnel.Tests.Dnstap;

/// <summary>All that a file gives.</summary>
internal sealed record DnstapContent(List<DnsQuery> Queries, CaptureStatistics Statistics, SourceFormatException? Error)
{
    public static DnstapContent Read(byte[] bytes) => Read(new ByteSource(new MemoryStream(bytes)), "test");

    public static DnstapContent Read(string path) => Read(ByteSource.Open(path), path);

    private static DnstapContent Read(ByteSource source, string path)
    {
        var queries = new List<DnsQuery>();
        using var file = new DnstapQueryFile(source, path, new QueryBuilder(PublicSuffixList.Default, path, queries.Add));
        SourceFormatException? error = null;
        try
        {
            while (file.TryAdvance())
            {
            }
        }
        catch (SourceFormatException e)
        {
            error = e;
        }
        file.Complete();
        return new DnstapContent(queries, file.Statistics, error);
    }
}
