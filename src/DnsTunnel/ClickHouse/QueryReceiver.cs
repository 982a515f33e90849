using System.Text;
using DnsTunnel.Delivery;
using DnsTunnel.Response.Files;

namespace DnsTunnel.ClickHouse;

/// <summary>
/// Takes packets of queries out of an outbox into a table. Each may have been sent before, by a process that was killed, so the table is
/// asked first. How far logs were read is written down before a packet leaves the outbox, and until then the packet itself says it.
/// </summary>
/// <param name="sender">To the table.</param>
/// <param name="name">The table, for people.</param>
/// <param name="folder">The outbox.</param>
internal sealed class QueryReceiver(BatchSender sender, string name, string folder) : IMessageReceiver
{
    /// <summary>A batch takes a second or two; who needs longer answers to nobody.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly string _file = Path.Combine(folder, "sources.marks");
    private SourceMarks? _marks;

    public string Name => name;

    public string FileExtension => ".queries";

    /// <summary>How far logs were read into the outbox.</summary>
    /// <param name="waiting">The packets in it.</param>
    /// <exception cref="DeliveryException">The outbox cannot be used.</exception>
    public SourceMarks MarksWith(IEnumerable<byte[]> waiting)
    {
        var marks = ReadMarks();
        foreach (var packet in waiting)
        {
            try
            {
                marks.Merge(QueryPacket.ReadMarks(packet));
            }
            catch (InvalidDataException)
            {
                // It is set aside, and told of, when its turn to be sent comes.
            }
        }

        return marks;
    }

    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            var (marks, batch) = QueryPacket.Read(message.ToArray());
            await sender.SendOnceAsync(batch, mayBeStored: true, patience.Token).ConfigureAwait(false);
            SaveMarks(marks);
        }
        catch (InvalidDataException exception)
        {
            throw new DeliveryException(DeliveryError.FindingRefused, exception.Message, exception);
        }
        catch (ClickHouseException exception)
        {
            // What is wrong with the server, the user or the table can be mended, and the queries wait for it.
            throw new DeliveryException(exception.IsTransient ? DeliveryError.ReceiverNotReachable : DeliveryError.ReceiverRefused, exception.Message, exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(DeliveryError.ReceiverNotReachable, $"{name} did not answer.", exception);
        }
    }

    public void Dispose()
    {
    }

    private SourceMarks ReadMarks()
    {
        if (!File.Exists(_file)) return new();
        try
        {
            using var reader = new BinaryReader(File.OpenRead(_file));
            return SourceMarks.Load(reader);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            throw NotUsable(exception);
        }
    }

    private void SaveMarks(SourceMarks marks)
    {
        _marks ??= ReadMarks();
        _marks.Merge(marks);
        using var content = new MemoryStream();
        using (var writer = new BinaryWriter(content, Encoding.UTF8, leaveOpen: true)) _marks.Save(writer);
        try
        {
            AtomicFile.Write(_file, content.GetBuffer().AsSpan(0, (int)content.Length), isPrivate: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotUsable(exception);
        }
    }

    private DeliveryException NotUsable(Exception exception) => new(DeliveryError.OutboxNotUsable, $"The outbox '{folder}' cannot be used: {exception.Message}", exception);
}
