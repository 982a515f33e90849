using System.IO.Compression;
using System.Text;

namespace DnsTunnel.ClickHouse;

/// <summary>A batch as it waits on disk: how far its logs were read, then the rows, compressed.</summary>
internal static class QueryPacket
{
    public static byte[] Write(SourceMarks marks, QueryBatch batch)
    {
        using var packet = new MemoryStream();
        using (var writer = new BinaryWriter(packet, Encoding.UTF8, leaveOpen: true)) marks.Save(writer);
        using (var gzip = new GZipStream(packet, CompressionLevel.Fastest, leaveOpen: true))
        using (var writer = new BinaryWriter(gzip)) batch.Save(writer);
        return packet.ToArray();
    }

    /// <exception cref="InvalidDataException">It is no packet.</exception>
    public static (SourceMarks Marks, QueryBatch Batch) Read(byte[] packet) => Read(packet, (marks, stream) =>
    {
        using var reader = new BinaryReader(new GZipStream(stream, CompressionMode.Decompress));
        return (marks, QueryBatch.Load(reader));
    });

    /// <inheritdoc cref="Read(byte[])"/>
    public static SourceMarks ReadMarks(byte[] packet) => Read(packet, (marks, _) => marks);

    private static T Read<T>(byte[] packet, Func<SourceMarks, Stream, T> rest)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(packet));
            return rest(SourceMarks.Load(reader), reader.BaseStream);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException or OverflowException)
        {
            throw new InvalidDataException("A file of the outbox was cut.", exception);
        }
    }
}
