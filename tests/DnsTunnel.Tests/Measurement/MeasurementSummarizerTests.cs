using DnsTunnel.Measurement;

namespace DnsTunnel.Tests.Measurement;

public class MeasurementSummarizerTests
{
    [Fact]
    public void Tools_count_alike_however_many_captures_they_have()
    {
        var summary = Summarize([Tunnel("a", true), Tunnel("a", true), Tunnel("a", true), Tunnel("b", false)]);
        Assert.Equal((4, 3, 0.5), (summary.TunnelCaptures, summary.FoundCaptures, summary.FoundRate));
        Assert.Equal([1, 0], summary.FoundRates.Values);
    }

    [Fact]
    public void Medians_are_those_of_the_captures_found()
    {
        var summary = Summarize([Tunnel("a", true, 10), Tunnel("a", true, 30), Tunnel("a", true, 100), Tunnel("a", true, 1000), Tunnel("a", false)]);
        Assert.Equal(65, summary.MedianBytesBefore);
        Assert.Null(Summarize([Tunnel("a", false)]).MedianBytesBefore);
    }

    [Fact]
    public void Rates_of_false_domains_are_those_of_traffic_without_a_tunnel()
    {
        var summary = Summarize(
        [
            new DnsTunnelMeasurement { Label = DnsTunnelLabel.Benign, QueryCount = 250_000, ActiveTicks = TimeSpan.FromDays(3.5).Ticks, FalseDomains = ["a.example"] },
            new DnsTunnelMeasurement { Label = DnsTunnelLabel.Tunnel, Found = false, QueryCount = 1_000, FalseDomains = ["b.example"] },
            new DnsTunnelMeasurement { Label = DnsTunnelLabel.Unlabelled, QueryCount = 1_000, UnjudgedDomains = ["c.example"] },
        ]);
        Assert.Equal((2, 1, 4.0, 2.0), (summary.FalseDomainCount, summary.BenignCaptures, summary.FalsePerMillionQueries, summary.FalsePerWeek));
        Assert.True(double.IsNaN(Summarize([Tunnel("a", true)]).FalsePerWeek));
    }

    [Fact]
    public void Points_tell_what_other_thresholds_would_find()
    {
        var summary = Summarize(
        [
            Scored("a", 80, 2, 52),
            Scored("b", 30, 4, 31),
        ]);
        Assert.Equal(new DnsTunnelRocPoint(50, 0.5, 0.1, 1), summary.Roc.Single(p => p.Threshold == 50));
        Assert.Equal(new DnsTunnelRocPoint(30, 1, 0.2, 2), summary.Roc.Single(p => p.Threshold == 30));
        Assert.Empty(Summarize([Tunnel("a", true)]).Roc);
    }

    private static DnsTunnelMeasurementSummary Summarize(DnsTunnelMeasurement[] measurements)
    {
        var summarizer = new MeasurementSummarizer();
        foreach (var measurement in measurements) summarizer.Add(measurement);
        return Assert.Single(summarizer.Summarize());
    }

    private static DnsTunnelMeasurement Scored(string tool, double score, params double[] others) =>
        new() { Label = DnsTunnelLabel.Tunnel, Tool = tool, Found = false, Score = score, OtherScores = others, OtherDomainCount = 5 };

    private static DnsTunnelMeasurement Tunnel(string tool, bool found, long before = 7) => new()
    {
        Label = DnsTunnelLabel.Tunnel,
        Tool = tool,
        Found = found,
        QueriesBefore = found ? before : null,
        BytesBefore = found ? before : null,
        SecondsBefore = found ? before : null,
    };
}
