using System.Text;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public sealed class LabelPrefixTests
{
    [Theory]
    [InlineData("cache-fra-12", "cache-fra-")]
    [InlineData("DESKTOP-AB12CD3", "DESKTOP-")]
    [InlineData("de1234", "de")]
    [InlineData("r4---sn-4g5e6nls", "r4---sn-")]
    [InlineData("a1234", "")]
    [InlineData("1234de", "")]
    [InlineData("portal", "")]
    [InlineData("-x", "")]
    [InlineData("x-", "")]
    [InlineData("_acme-challenge", "")]
    public void It_ends_at_the_last_hyphen_or_before_the_first_digit(string label, string prefix) =>
        Assert.Equal(prefix, label[..LabelPrefix.LengthOf(Encoding.ASCII.GetBytes(label))]);

    [Fact]
    public void Those_that_share_one_tell_it_once()
    {
        var shared = Information(Enumerable.Range(0, 100).Select(i => $"nagios-check-{i}.example.com"));
        var apart = Information(Enumerable.Range(0, 100).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}gios-check-{i}.example.com"));
        Assert.InRange(shared, 200, 400);
        Assert.True(apart > 2 * shared, $"{apart} {shared}");
    }

    private static long Information(IEnumerable<string> names)
    {
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: false);
        var counter = new VolumeCounter(aggregator);
        foreach (var name in names) counter.Add(new DnsQuery { Timestamp = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc), QueryName = name, QueryType = "A" });
        return Assert.Single(aggregator.GetVolumes()).InformationBytes;
    }
}
