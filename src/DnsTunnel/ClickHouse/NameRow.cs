using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.ClickHouse;

/// <summary>Reads what <see cref="VolumeSql.Names"/> gives, and adds it to the summaries as if each query had come by itself.</summary>
internal sealed class NameRow(VolumeAggregator aggregator)
{
    private readonly byte[] _name = new byte[DnsName.MaxWireLength];

    /// <summary>Queries of the row.</summary>
    /// <exception cref="InvalidDataException">Its name is none.</exception>
    public long Add(BinaryReader reader)
    {
        var client = reader.ReadString();
        if (!DnsName.TryParse(reader.ReadString(), _name, out var length)) throw new InvalidDataException("A row of the table has a query_name that is no domain name.");
        var type = reader.ReadUInt16();
        var hash = NameHash.OfAnyCase(_name.AsSpan(0, length));
        var isNxDomain = reader.ReadByte() != 0;
        var count = reader.ReadInt64();
        var (querySize, responseSize) = (reader.ReadInt64(), reader.ReadInt64());
        var (first, last) = (reader.ReadInt64(), reader.ReadInt64());
        var answers = new string[reader.Read7BitEncodedInt()];
        for (var i = 0; i < answers.Length; i++) answers[i] = reader.ReadString();
        var answer = AnswerData.Of(answers, type, (int)reader.ReadUInt32(), (int)reader.ReadUInt32(), (int)reader.ReadUInt32());
        for (var i = 0L; i < count; i++)
        {
            aggregator.Add(new VolumeItem
            {
                // When those between came makes no difference to a summary.
                Ticks = i == 0 ? first : last,
                ClientName = client,
                Name = _name.AsSpan(0, length),
                NameHash = hash,
                Type = type,
                IsNxDomain = isNxDomain,
                QuerySize = Take(ref querySize),
                ResponseSize = Take(ref responseSize),
                Answer = answer,
            });
        }

        return count;
    }

    private static int Take(ref long rest)
    {
        var part = (int)Math.Min(rest, int.MaxValue);
        rest -= part;
        return part;
    }
}
