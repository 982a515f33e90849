using System.Text;
using CsCheck;
using DnsTunnel.Detection;
using DnsTunnel.Names;
using DnsTunnel.Tests.Detection;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Properties;

/// <summary>What the one idea rests on: summaries can be put together in any way.</summary>
public sealed class SummaryProperties
{
    private const int Rounds = 100;
    private const int Seconds = 6 * 3600;

    private static readonly Gen<DnsQuery> s_query = Gen.Select(Gen.Int[0, 400], Gen.Int[0, 3], Gen.Int[0, Seconds], Gen.OneOfConst("A", "TXT", "NULL"), Gen.OneOfConst("NOERROR", "NXDOMAIN"))
        .Select((name, client, second, type, code) => Asked.Query($"{name * 2654435761L:x}.{name % 7}.t{name % 2}.example", second, $"192.0.2.{client}", type, code));

    /// <summary>In the order of time, as sources have them: what a name's parents cost is new when its first query comes.</summary>
    private static readonly Gen<DnsQuery[]> s_queries = s_query.Array[0, 300].Select(queries => queries.OrderBy(q => q.Timestamp).ToArray());

    [Fact]
    public void Merging_is_commutative_and_associative() => Gen.Select(s_queries, s_queries, s_queries).Sample((a, b, c) =>
    {
        var straight = Merged(a, b, c);
        Assert.Equal(straight, Merged(c, a, b));
        Assert.Equal(straight, Facts(Together(Together(Of(a), Of(b)), Of(c))));
        Assert.Equal(straight, Facts(Together(Of(a), Together(Of(b), Of(c)))));
    }, iter: Rounds);

    [Fact]
    public void Buckets_put_together_equal_one_pass() => Gen.Select(s_queries, Gen.OneOfConst(1, 5, 60)).Sample((queries, minutes) =>
    {
        var buckets = Count(queries, TimeSpan.FromMinutes(minutes)).GroupBy(v => (v.Domain, v.Client)).ToDictionary(g => g.Key, g => Facts(Together([.. g.Select(v => v.Summary!)])));
        var whole = Count(queries, TimeSpan.FromDays(1)).ToDictionary(v => (v.Domain, v.Client), v => Facts(v.Summary!));
        Assert.Equal(whole.Keys.Order(), buckets.Keys.Order());
        Assert.All(whole, w => Assert.Equal(w.Value, buckets[w.Key]));
    }, iter: Rounds);

    [Fact]
    public void Doubled_windows_equal_one_pass() => s_queries.Sample(queries =>
    {
        // 100 pairs of domain and client in windows of a minute, and room for a few.
        var doubled = Count(queries, TimeSpan.FromMinutes(1), new VolumeLimits(64, 1 << 20), TimeSpan.FromDays(7)).GroupBy(v => (v.Domain, v.Client)).ToDictionary(g => g.Key, g => Facts(Together([.. g.Select(v => v.Summary!)])));
        var whole = Count(queries, TimeSpan.FromDays(1)).ToDictionary(v => (v.Domain, v.Client), v => Facts(v.Summary!));
        Assert.Equal(whole, doubled);
    }, iter: Rounds);

    [Fact]
    public void A_brief_summary_knows_what_a_full_one_does() => s_queries.Sample(queries =>
    {
        var (brief, full) = (new SummaryTable(), new SummaryTable());
        _ = full.Of(default).Expand();
        foreach (var query in queries)
        {
            Add(brief.Of(default), query);
            Add(full.Of(default), query);
        }

        Assert.Equal(Seen(full.Of(default)), Seen(brief.Of(default)));
    }, iter: Rounds);

    [Fact]
    public void A_set_is_exact_or_within_six_standard_errors() => Gen.Select(Gen.Int[1, 60_000], Gen.Int).Sample((count, seed) =>
    {
        var sketch = new NameSketch();
        for (var i = 0; i < count; i++) sketch.Add(NameHash.KeyOfLower(BitConverter.GetBytes((long)seed << 32 | (uint)i)), new NameFacts { Bytes = 3, Cost = 7 });
        var error = count <= NameSketch.MaxCount ? 0 : 6 * 1.2 / Math.Sqrt(NameSketch.MaxCount) * count;
        Assert.InRange(sketch.Count, count - error, count + error);
        Assert.Equal((3 * sketch.Count, 7 * sketch.Count), (sketch.ByteSum, sketch.CostSum));
    }, iter: Rounds);

    private static void Add(HeldSummary summary, DnsQuery query)
    {
        var name = Encoding.ASCII.GetBytes(query.QueryName);
        var key = NameHash.KeyOfLower(name);
        var facts = new NameFacts { Ticks = query.Timestamp.Ticks, Cost = (ushort)(key.Hash % 60 * LabelCode.Unit), Bytes = 9, Traits = query.QueryType == "TXT" ? NameTraits.CarrierType : NameTraits.None };
        summary.Add(new VolumeItem { Ticks = query.Timestamp.Ticks, Name = name, NameHash = key.Hash, Type = (ushort)query.QueryType.Length, IsNxDomain = query.ResponseCode != "NOERROR", QuerySize = 40, ResponseSize = 90 });
        summary.AddClient(NameHash.KeyOfLower(Encoding.ASCII.GetBytes(query.ClientAddress!)));
        if (summary.TryTouchName(key.Hash, query.Timestamp.Ticks, facts.Traits)) return;
        summary.AddName(key, name, facts);
        summary.AddParent(NameHash.KeyOfLower(name[5..]), facts);
        if (key.Hash % 3 == 0) summary.AddAnswer(key, query.Timestamp.Ticks, 90);
    }

    private static string Seen(HeldSummary summary) => $"{summary.Weight} {summary.Cost} {summary.Totals.Clients} {Facts(summary.ToSummary())}";

    private static string Merged(params DnsQuery[][] parts) => Facts(Together([.. parts.Select(Of)]));

    /// <summary>Everything of one window, domain and client, for these tests look at no other.</summary>
    private static DomainSummary Of(DnsQuery[] queries)
    {
        var one = queries.Where(q => q.QueryName.EndsWith("t0.example", StringComparison.Ordinal) && q.ClientAddress == "192.0.2.1");
        return Count(one, TimeSpan.FromDays(1)).SingleOrDefault()?.Summary ?? new DomainSummary();
    }

    private static List<DomainVolume> Count(IEnumerable<DnsQuery> queries, TimeSpan window, VolumeLimits? limits = null, TimeSpan longest = default)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, window, byClient: true, longest, limits: limits);
        var counter = new VolumeCounter(aggregator);
        foreach (var query in queries) counter.Add(query);
        return [.. aggregator.GetVolumes()];
    }

    private static DomainSummary Together(params DomainSummary[] parts)
    {
        var summary = new DomainSummary();
        foreach (var part in parts) summary.Merge(part);
        return summary;
    }

    /// <summary>All that volumes show of a summary and detection sees of its names, but which of them it shows as samples.</summary>
    private static string Facts(DomainSummary summary)
    {
        if (summary.Totals.Queries == 0) return "nothing";
        var names = new List<HeldName>();
        summary.CopyTo(names);
        var volume = summary.ToVolume(0, TimeSpan.TicksPerDay, "x", "x");
        return $"{volume.QueryCount} {volume.UniqueNames} {volume.UniqueNameBytes} {volume.InformationBytes} {volume.NxDomainCount} {volume.MaxNameLength} {volume.QueryBytes} "
            + $"{volume.ResponseBytes} {volume.FirstSeen.Ticks} {volume.LastSeen.Ticks} {string.Join(',', volume.QueryTypes.Select(t => t.ToString()).Order(StringComparer.Ordinal))} "
            + string.Join(' ', names.Select(n => NameEvent.Of(n).ToString()).Order(StringComparer.Ordinal));
    }
}
