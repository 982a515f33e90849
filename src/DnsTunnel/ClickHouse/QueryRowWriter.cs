using DnsTunnel.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.ClickHouse;

/// <summary>Writes queries as rows, in the order of <see cref="QueryColumns.Written"/>.</summary>
internal sealed class QueryRowWriter(PublicSuffixList suffixes)
{
    private readonly NameColumns _names = new(suffixes);

    /// <exception cref="FormatException">The name of the query is no domain name.</exception>
    public void Write(QueryBatch batch, DnsQuery query)
    {
        var time = query.Timestamp.Kind == DateTimeKind.Local ? query.Timestamp.ToUniversalTime() : query.Timestamp;
        var name = _names.Of(query.QueryName, time.Ticks);
        var writer = batch.Writer;
        writer.Write(batch.Id);
        writer.Write((uint)batch.Count);
        writer.Write(time.Ticks);
        writer.Write(QueryRange.Seconds(time));
        WriteText(writer, query.ClientAddress);
        writer.Write((ushort)query.ClientPort);
        WriteText(writer, query.ServerAddress);
        writer.Write((ushort)query.ServerPort);
        writer.Write(query.Transport == DnsTransport.Tcp ? "tcp" : "udp");
        writer.Write((ushort)query.Id);
        writer.Write(query.QueryType);
        writer.Write(query.QueryClass);
        WriteText(writer, query.ResponseCode);
        writer.Write(query.AnswerCount);
        writer.Write7BitEncodedInt(query.Answers.Length);
        foreach (var answer in query.Answers) WriteText(writer, answer);
        writer.Write(query.QuerySize);
        writer.Write(query.ResponseSize);
        WriteText(writer, query.HostName);
        writer.Write(query.ProcessId ?? 0);
        WriteText(writer, query.ProcessName);
        WriteText(writer, query.ProcessPath);
        WriteText(writer, query.UserName);
        WriteText(writer, query.Source);
        _ = DnsTypes.TryParse(query.QueryType, out var type);
        writer.Write(type);
        writer.Write(name);
        batch.EndRow(time);
    }

    private static void WriteText(BinaryWriter writer, string? text) => writer.Write(text ?? string.Empty);
}
