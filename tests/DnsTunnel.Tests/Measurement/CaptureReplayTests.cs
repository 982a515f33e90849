using DnsTunnel.Measurement;

namespace DnsTunnel.Tests.Measurement;

public class CaptureReplayTests
{
    [Fact]
    public void Queries_that_come_late_are_put_in_the_order_of_time()
    {
        var inOrder = new RuleStream();
        var swapped = new RuleStream();
        for (var i = 0; i < 40; i++)
        {
            inOrder.Ask(i, Name(i));
            swapped.Ask(i ^ 7, Name(i ^ 7));
        }

        var expected = inOrder.Run(RuleNames.Zeek);
        var actual = swapped.Run(RuleNames.Zeek);
        Assert.Equal((8L, 8.0), (expected.QueriesBefore, expected.SecondsBefore));
        Assert.Equal((expected.QueriesBefore, expected.BytesBefore, expected.SecondsBefore), (actual.QueriesBefore, actual.BytesBefore, actual.SecondsBefore));
    }

    [Fact]
    public void What_passed_before_is_counted_over_all_domains_of_the_tunnel()
    {
        var stream = new RuleStream("one.example", "two.example");
        for (var i = 0; i < 9; i++) stream.Ask(2 * i, $"{i}a7b3c9d1e5f.one.example").Ask((2 * i) + 1, $"{i}0f1e2d3c4b5.two.example").Ask(2 * i, "www.other.example");
        var found = stream.Run(RuleNames.Zeek);

        Assert.Equal(16, found.QueriesBefore);
        Assert.Equal(16, found.SecondsBefore);
        // Twelve hexadecimal digits are six bytes; a label may cost two more.
        Assert.InRange(found.BytesBefore!.Value, 16 * 6, 16 * 8);
        Assert.Equal(18, found.TunnelQueries);
        Assert.Equal(27, found.QueryCount);
        Assert.Equal(TimeSpan.FromSeconds(17), found.Duration);
    }

    [Fact]
    public void A_name_that_is_asked_again_adds_no_bytes()
    {
        var once = new RuleStream().AskMany(5, i => i).Run(RuleNames.Rita);
        var again = new RuleStream().AskMany(5, i => i).AskMany(5, i => 10 + i).Run(RuleNames.Rita);
        Assert.Equal(10, again.TunnelQueries);
        Assert.True(once.TunnelBytes > 0);
        Assert.Equal(once.TunnelBytes, again.TunnelBytes);
    }

    [Theory]
    [InlineData(DnsTunnelLabel.Tunnel, 1, 0)]
    [InlineData(DnsTunnelLabel.Benign, 2, 0)]
    [InlineData(DnsTunnelLabel.Unlabelled, 0, 2)]
    public void Domains_that_are_no_tunnel_are_false_where_somebody_has_judged(DnsTunnelLabel label, int falsely, int unjudged)
    {
        var measured = new RuleStream().AskMany(20, i => i).AskMany(20, i => i, "ordinary.example").Run(RuleNames.Zeek, label);
        Assert.Equal(falsely, measured.FalseDomainCount);
        Assert.Equal(unjudged, measured.UnjudgedDomains.Length);
        Assert.Equal(label == DnsTunnelLabel.Tunnel ? true : null, measured.Found);
    }

    [Fact]
    public void The_detector_is_run_on_what_has_passed()
    {
        var stream = new RuleStream();
        var random = new Random(5);
        for (var i = 0; i < 400; i++) stream.Ask(i, $"{random.NextInt64():x16}{random.NextInt64():x16}.tunnel.example", "TXT");
        var found = stream.Run(RuleNames.DnsTunnel);

        Assert.True(found.Found);
        Assert.InRange(found.QueriesBefore!.Value, 1, 200);
        Assert.InRange(found.Score!.Value, 50, 100);
        var shorter = new RuleStream();
        random = new Random(5);
        for (var i = 0; i < found.QueriesBefore; i++) shorter.Ask(i, $"{random.NextInt64():x16}{random.NextInt64():x16}.tunnel.example", "TXT");
        Assert.False(shorter.Run(RuleNames.DnsTunnel).Found);
    }

    [Fact]
    public void The_threshold_is_that_of_the_detector()
    {
        var stream = new RuleStream().AskMany(30, i => i);
        Assert.True(stream.Run(RuleNames.DnsTunnel, threshold: 0).Found);
        Assert.False(stream.Run(RuleNames.DnsTunnel, threshold: 100).Found);
        Assert.Null(stream.Run(RuleNames.Zeek).Score);
    }

    [Fact]
    public void Nothing_in_gives_nothing_found()
    {
        var measured = new RuleStream().Run(RuleNames.DnsTunnel);
        Assert.False(measured.Found);
        Assert.Null(measured.BytesBefore);
        Assert.Equal(0, measured.QueryCount);
    }

    [Fact]
    public void A_long_silence_counts_as_an_hour()
    {
        var measured = new RuleStream().Ask(0, "a.tunnel.example").Ask(1800, "b.tunnel.example").Ask(1_000_000, "c.tunnel.example").Run(RuleNames.Rita);
        Assert.Equal(TimeSpan.FromSeconds(1_000_000), measured.Duration);
        Assert.Equal(TimeSpan.FromSeconds(1800 + 3600).Ticks, measured.ActiveTicks);
    }

    private static string Name(int i) => $"{i * 7919:x}.tunnel.example";
}
