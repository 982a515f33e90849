using System.Collections.Concurrent;
using DnsTunnel.Logs;
using DnsTunnel.Names;
using DnsTunnel.Queries;

namespace DnsTunnel.Tests.Logs;

public sealed class FollowedFileTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("dnslog").FullName;
    private readonly CancellationTokenSource _cancellation = new();

    private string Log => Path.Combine(_folder, "query.log");

    [Fact]
    public async Task A_log_is_followed_through_growth_rotation_and_truncation()
    {
        await File.WriteAllTextAsync(Log, Line(1), TestContext.Current.CancellationToken);
        var names = new BlockingCollection<string>();
        var reading = Task.Run(() => Read(names), TestContext.Current.CancellationToken);
        Assert.Equal("n1.example", Take(names));

        var half = Line(2).Length / 2;
        await File.AppendAllTextAsync(Log, Line(2)[..half], TestContext.Current.CancellationToken);
        await Task.Delay(50, TestContext.Current.CancellationToken);
        await File.AppendAllTextAsync(Log, Line(2)[half..], TestContext.Current.CancellationToken);
        Assert.Equal("n2.example", Take(names));

        File.Move(Log, Log + ".1");
        await File.AppendAllTextAsync(Log + ".1", Line(3) + Line(9)[..40], TestContext.Current.CancellationToken);
        Assert.Equal("n3.example", Take(names));
        await File.WriteAllTextAsync(Log, Line(4) + Line(5) + Line(6), TestContext.Current.CancellationToken);
        Assert.Equal(["n4.example", "n5.example", "n6.example"], [Take(names), Take(names), Take(names)]);

        await File.WriteAllTextAsync(Log, Line(7), TestContext.Current.CancellationToken);
        Assert.Equal("n7.example", Take(names));

        await _cancellation.CancelAsync();
        await reading.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Empty(names);
    }

    /// <summary>Who watches a quiet log must not wait for its next line to see the last one.</summary>
    [Fact]
    public async Task A_query_whose_answer_does_not_come_is_given_while_nothing_is_written()
    {
        const string Query = "Nov 24 10:28:47 dnsmasq[9]: query[A] a.example from 192.0.2.1\n";
        await File.WriteAllTextAsync(Log, Query, TestContext.Current.CancellationToken);
        var names = new BlockingCollection<string>();
        var reading = Task.Run(() => Read(names), TestContext.Current.CancellationToken);
        Assert.Equal("a.example", Take(names));
        await _cancellation.CancelAsync();
        await reading.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.Empty(names);
    }

    [Fact]
    public async Task From_the_end_only_new_lines_are_read()
    {
        await File.WriteAllTextAsync(Log, Line(1), TestContext.Current.CancellationToken);
        using var stream = new FollowedFile(Log, fromEnd: true, _cancellation.Token);
        await File.AppendAllTextAsync(Log, Line(2), TestContext.Current.CancellationToken);
        _cancellation.CancelAfter(s_patience);
        using var reader = DnsLogReader.Open(stream);
        Assert.True(reader.TryRead(out var query));
        Assert.Equal("n2.example", query.QueryName);
    }

    public void Dispose()
    {
        _cancellation.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Line(int number) => $"24-Nov-2026 10:28:47.525 client 192.0.2.1#53225 (n): query: n{number}.example IN A + (192.0.2.53)\n";

    private static string? Take(BlockingCollection<string> names) => names.TryTake(out var name, s_patience) ? name : null;

    private void Read(BlockingCollection<string> names)
    {
        var sink = new QueryBuilder(PublicSuffixList.Default, Log, query => names.Add(query.QueryName));
        using var file = QueryFile.Open(Log, sink, new QueryFileOptions { Follows = true, Cancellation = _cancellation.Token });
        while (file.TryAdvance())
        {
        }
        file.Complete();
    }
}
