using DnsTunnel.Names;
using DnsTunnel.Queries;
using DnsTunnel.Sources;

namespace DnsTunnel.Fuzz.Targets;

/// <summary>Captures and dnstap streams, from the bytes of the file to objects.</summary>
internal static class QueryFiles
{
    public static long ReadCapture(byte[] bytes) => Read(bytes, (source, sink) => new CaptureQueryFile(source, "fuzz", sink, new QueryFileOptions()));

    public static long ReadDnstap(byte[] bytes) => Read(bytes, (source, sink) => new DnstapQueryFile(source, "fuzz", sink));

    private static long Read(byte[] bytes, Func<ByteSource, ITransactionSink, QueryFile> open)
    {
        var queries = 0L;
        var sink = new QueryBuilder(PublicSuffixList.Default, "fuzz", query =>
        {
            queries++;
            CleanText.Check(query);
        });
        try
        {
            using var source = new ByteSource(new MemoryStream(bytes));
            using var file = open(source, sink);
            try
            {
                while (file.TryAdvance())
                {
                }
            }
            finally
            {
                file.Complete();
            }
        }
        catch (SourceFormatException)
        {
        }

        return queries;
    }
}
