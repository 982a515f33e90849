using DnsTunnel.Monitoring.Sources;
using DnsTunnel.Queries;

namespace DnsTunnel.Tests.Monitoring;

public sealed class LogSourceTests
{
    private const string Log =
        "#separator \\x09\n#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\trcode_name\n" +
        "1767225600.0\t192.0.2.1\t4000\t192.0.2.53\t53\tudp\t1\twww.example.com\tA\tNOERROR\n";

    [Fact]
    public void A_log_is_up_to_date_when_what_was_there_is_taken()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, Log);
        using var stop = new CancellationTokenSource();
        using (var sources = new SourceSet(stop.Token))
        {
            sources.Add(new LogSource(path, new QueryFileOptions { Kinds = QueryFileKinds.Log, Follows = true }, _ => { }));
            Assert.False(sources.IsUpToDate);

            Assert.True(sources.TryTake(out var query, TimeSpan.FromSeconds(30)));
            Assert.Equal("www.example.com", query.QueryName);
            Assert.True(SpinWait.SpinUntil(() => sources.IsUpToDate, TimeSpan.FromSeconds(30)));
        }

        File.Delete(path);
    }
}
