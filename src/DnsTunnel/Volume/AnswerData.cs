using System.IO.Hashing;
using System.Runtime.InteropServices;
using DnsTunnel.Queries;
using DnsTunnel.Wire;

namespace DnsTunnel.Volume;

/// <summary>What came back with a type that carries data (<see cref="CarrierTypes"/>); default for other types, and for nothing.</summary>
/// <param name="Hash">Tells the records from others, whatever their order; not comparable between a capture and objects.</param>
/// <param name="Bytes">Of the records.</param>
internal readonly record struct AnswerData(ulong Hash, int Bytes)
{
    /// <summary>A compressed owner name, type, class, TTL and RDLENGTH (RFC 1035, section 4.1.3).</summary>
    private const int RecordOverhead = 12;

    public static AnswerData Of(in DnsTransaction transaction)
    {
        if (transaction.AnswerCount == 0 || !CarrierTypes.Contains(transaction.Type)) return default;
        var hash = 0UL;
        for (var answers = transaction.Answers; answers.TryRead(out var record);) hash += XxHash3.HashToUInt64(record.Data);
        return new(hash, BytesOf(transaction.QuerySize, transaction.ResponseSize, transaction.AnswerCount));
    }

    public static AnswerData Of(DnsQuery query, ushort type) => Of(query.Answers, type, query.AnswerCount, query.QuerySize, query.ResponseSize);

    /// <param name="answers">As text.</param>
    /// <param name="type">Of the question.</param>
    /// <param name="count">Of records.</param>
    /// <param name="querySize">In bytes.</param>
    /// <param name="responseSize">In bytes; 0 where the source does not tell.</param>
    public static AnswerData Of(string[] answers, ushort type, int count, int querySize, int responseSize)
    {
        if (answers.Length == 0 || !CarrierTypes.Contains(type)) return default;
        var hash = 0UL;
        foreach (var answer in answers) hash += XxHash3.HashToUInt64(MemoryMarshal.AsBytes(answer.AsSpan()));
        return new(hash, responseSize > 0 ? BytesOf(querySize, responseSize, count) : answers.Sum(a => a.Length));
    }

    private static int BytesOf(int querySize, int responseSize, int answers) => Math.Max(0, responseSize - querySize - (RecordOverhead * answers));
}
