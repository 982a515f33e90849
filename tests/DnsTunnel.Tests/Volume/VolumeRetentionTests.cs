using System.Globalization;
using DnsTunnel.Detection;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

/// <summary>What an aggregator that counts on and on lets go, and what it tells.</summary>
public sealed class VolumeRetentionTests
{
    private static readonly DateTime s_start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly NewNames _newNames = new();
    private readonly VolumeAggregator _aggregator;
    private readonly VolumeCounter _counter;

    public VolumeRetentionTests()
    {
        _aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: true, newNames: _newNames);
        _counter = new VolumeCounter(_aggregator);
    }

    [Fact]
    public void Windows_are_dropped_when_they_have_ended_by_then()
    {
        foreach (var minute in new[] { 0, 14, 15, 44, 45 }) Add("a.example", minute);
        _aggregator.DropBefore(s_start.AddMinutes(44).Ticks);

        Assert.Equal([s_start.AddMinutes(30), s_start.AddMinutes(45)], _aggregator.GetVolumes().Select(v => v.WindowStart));
        _aggregator.DropBefore(s_start.AddMinutes(45).Ticks);
        Assert.Single(_aggregator.GetVolumes());
        Add("a.example", 46);
        Assert.Equal(2, Assert.Single(_aggregator.GetVolumes()).QueryCount);
    }

    [Fact]
    public void Names_that_are_left_keep_their_meaning_when_others_go()
    {
        for (var i = 0; i < 200_000; i++) Add(string.Create(CultureInfo.InvariantCulture, $"www.old{i}.example"), 0, "192.0.2.1");
        Add("www.kept.example", 60, "192.0.2.2");
        Add("www.kept.example", 60, "192.0.2.3");
        _aggregator.DropBefore(s_start.AddMinutes(60).Ticks);
        _aggregator.DropUnusedNames();
        Add("www.new.example", 61, "192.0.2.4");
        Add("www.kept.example", 61, "192.0.2.3");

        Assert.Equal(
            [("kept.example", "192.0.2.2", 1L), ("kept.example", "192.0.2.3", 2L), ("new.example", "192.0.2.4", 1L)],
            _aggregator.GetVolumes().Select(v => (v.Domain, v.Client!, v.QueryCount)).Order());
        Assert.Equal(4, _aggregator.Clients.Count);
    }

    [Fact]
    public void Many_new_names_are_urgent_and_old_ones_are_not()
    {
        for (var i = 0; i < 31; i++) Add(string.Create(CultureInfo.InvariantCulture, $"n{i}.example.com"), 0);
        for (var i = 0; i < 100; i++) Add("n1.example.com", 0);
        Assert.False(_newNames.HasUrgent);
        Add("n31.example.com", 0);

        Assert.Equal("example.com", _aggregator.NamesOf(Assert.Single(_newNames.TakeUrgent())).Domain);
        Add("n32.example.com", 0);
        Assert.False(_newNames.HasUrgent);
        Assert.Single(_newNames.TakeAll());
        Assert.Empty(_newNames.TakeAll());
    }

    [Fact]
    public void Some_domains_can_be_had_alone()
    {
        Add("a.one.example", 0);
        Add("a.two.example", 0);
        var keys = _newNames.TakeAll();

        Assert.Equal(2, keys.Count);
        Assert.All(keys, key => Assert.Equal(_aggregator.NamesOf(key).Domain, Assert.Single(_aggregator.Only(new HashSet<int> { key.Domain }).Select(new DomainTally(), all: true)).Domain));
    }

    private void Add(string name, int minute, string client = "192.0.2.1") =>
        _counter.Add(new DnsQuery { Timestamp = s_start.AddMinutes(minute), QueryName = name, ClientAddress = client });
}
