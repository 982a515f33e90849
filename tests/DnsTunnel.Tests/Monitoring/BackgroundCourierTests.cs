using System.Diagnostics;
using DnsTunnel.Delivery;
using DnsTunnel.Tests.Delivery;

namespace DnsTunnel.Tests.Monitoring;

public sealed class BackgroundCourierTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_receiver_that_is_down_costs_nothing_and_gets_all_when_it_is_back()
    {
        var port = WebhookServer.FreePort();
        var address = new Uri($"http://127.0.0.1:{port}/");
        using (var courier = Open(address))
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < 20; i++) courier.Post(Findings.Message($"t{i}.example"));
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
            Assert.True(SpinWait.SpinUntil(() => courier.TakeTroubles().Count > 0, TimeSpan.FromSeconds(20)));
            Assert.Empty(courier.TakeTroubles());
            Assert.Equal(20, courier.WaitingCount);
        }

        using var server = new WebhookServer(port, []);
        using (Open(address)) Assert.True(SpinWait.SpinUntil(() => server.Accepted.Count == 20, TimeSpan.FromSeconds(20)));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"t{i}.example"), server.Accepted.Select(a => a.Domain));
    }

    [Fact]
    public void What_is_posted_last_is_sent_before_the_end()
    {
        using var server = new WebhookServer();
        using (var courier = Open(server.Address)) courier.Post(Findings.Message());

        Assert.Single(server.Accepted);
        Assert.Empty(Directory.GetFiles(_folder, "*.json"));
    }

    private BackgroundCourier Open(Uri address)
    {
        var receiver = new WebhookReceiver(address, []);
        return new BackgroundCourier(new Courier(receiver, new Outbox(_folder, receiver.FileExtension), retries: 1, TimeSpan.FromMilliseconds(10)));
    }
}
