using DnsTunnel.Volume;

namespace DnsTunnel.ClickHouse;

/// <summary>Reads what <see cref="VolumeSql.Volumes"/> gives.</summary>
internal static class VolumeRow
{
    public static DomainVolume Read(BinaryReader reader, TimeSpan window)
    {
        var start = reader.ReadInt64() * window.Ticks;
        var domain = reader.ReadString();
        var client = reader.ReadString();
        return new DomainVolume
        {
            WindowStart = Time(start),
            WindowEnd = Time(Math.Min(start + window.Ticks, DateTime.MaxValue.Ticks)),
            Domain = QuerySql.Shown(domain),
            Client = client.Length > 0 ? client : null,
            QueryCount = reader.ReadInt64(),
            UniqueNames = reader.ReadInt64(),
            UniqueNameBytes = reader.ReadInt64(),
            InformationBytes = reader.ReadInt64(),
            ClientCount = reader.ReadInt64(),
            NxDomainCount = reader.ReadInt64(),
            MaxNameLength = reader.ReadByte(),
            QueryBytes = reader.ReadInt64(),
            ResponseBytes = reader.ReadInt64(),
            FirstSeen = Time(reader.ReadInt64()),
            LastSeen = Time(reader.ReadInt64()),
            Types = ReadTypes(reader),
        };
    }

    private static TypeCounts ReadTypes(BinaryReader reader)
    {
        var types = new ushort[reader.Read7BitEncodedInt()];
        for (var i = 0; i < types.Length; i++) types[i] = reader.ReadUInt16();
        var counts = new TypeCounts();
        _ = reader.Read7BitEncodedInt();
        foreach (var type in types) counts.Add(type, reader.ReadInt64());
        return counts;
    }

    private static DateTime Time(long ticks) => new(ticks, DateTimeKind.Utc);
}
