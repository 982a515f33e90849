using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Tests.Volume;

public class VolumeQueueTests
{
    private const int Count = 20_000;

    [Fact]
    public void Hands_on_everything_in_order()
    {
        var sink = new Recorder();
        using var queue = new VolumeQueue(sink);
        for (var i = 0; i < Count; i++) Add(queue, i);
        queue.Complete();

        Assert.Equal(Enumerable.Range(0, Count).Select(i => ((long)i, $"n{i}.example", (string?)$"c{i % 7}")), sink.Items);
    }

    [Fact]
    public void Names_of_full_length_fit()
    {
        var sink = new Recorder();
        using var queue = new VolumeQueue(sink);
        var name = string.Join('.', new string('a', 63), new string('b', 63), new string('c', 63), new string('d', 61));
        for (var i = 0; i < 3000; i++) Add(queue, i, name);
        queue.Complete();

        Assert.Equal(3000, sink.Items.Count(i => i.Name == name));
    }

    [Fact]
    public void What_goes_wrong_reaches_the_thread_that_adds()
    {
        using var queue = new VolumeQueue(new Recorder { FailsAt = 100 });
        var failure = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < Count; i++) Add(queue, i);
            queue.Complete();
        });

        Assert.Equal("at 100", failure.Message);
        Assert.Throws<InvalidOperationException>(queue.Complete);
    }

    [Fact]
    public void Can_be_given_up_at_any_time()
    {
        var queue = new VolumeQueue(new Recorder());
        for (var i = 0; i < Count; i++) Add(queue, i);
        queue.Dispose();
    }

    private static void Add(VolumeQueue queue, int i, string? text = null)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        Assert.True(DnsName.TryParse(text ?? $"n{i}.example", wire, out var length));
        var name = wire[..length];
        queue.Add(new VolumeItem { Ticks = i, ClientName = $"c{i % 7}", Name = name, NameHash = NameHash.OfAnyCase(name), Type = 1, IsNxDomain = false, QuerySize = 1, ResponseSize = 2 });
    }

    private sealed class Recorder : IVolumeSink
    {
        public List<(long Ticks, string Name, string? Client)> Items { get; } = [];

        public int FailsAt { get; init; } = -1;

        public void Add(in VolumeItem item)
        {
            if (Items.Count == FailsAt) throw new InvalidOperationException($"at {FailsAt}");
            Items.Add((item.Ticks, DnsName.ToText(item.Name), item.ClientName));
        }
    }
}
