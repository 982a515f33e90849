using System.Net;
using DnsTunnel.Delivery;

namespace DnsTunnel.Tests.Delivery;

/// <summary>Webhooks to a real server on loopback, with retries and an outbox.</summary>
public sealed class CourierTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly string _folder = Directory.CreateTempSubdirectory("DnsTunnel").FullName;

    private string OutboxFolder => Path.Combine(_folder, "outbox");

    private string[] Waiting => Directory.Exists(OutboxFolder) ? Directory.GetFiles(OutboxFolder, "*.json") : [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_webhook_gets_json_with_headers_and_credential()
    {
        using var server = new WebhookServer();
        using var courier = new Courier(
            new WebhookReceiver(server.Address, [new("X-Token", "t0ken")], new NetworkCredential("user", "pässword")), null, 0, TimeSpan.Zero);
        await courier.DeliverAsync(Findings.Message(), Token);

        var (domain, method, headers) = Assert.Single(server.Accepted);
        Assert.Equal("tunnel.example", domain);
        Assert.Equal("POST", method);
        Assert.Equal("application/json", headers["Content-Type"]);
        Assert.Equal("t0ken", headers["X-Token"]);
        Assert.Equal("Basic " + Convert.ToBase64String("user:pässword"u8), headers["Authorization"]);
    }

    [Theory]
    [InlineData(503, 500)]
    [InlineData(429, 408)]
    public async Task What_passes_is_tried_again(int first, int second)
    {
        using var server = new WebhookServer(first, second);
        using var courier = Courier(server.Address, retries: 3);
        await courier.DeliverAsync(Findings.Message(), Token);

        Assert.Single(server.Accepted);
        Assert.Equal(3, server.Requests);
    }

    [Theory]
    [InlineData(401, nameof(DeliveryError.ReceiverRefused))]
    [InlineData(404, nameof(DeliveryError.ReceiverRefused))]
    [InlineData(302, nameof(DeliveryError.ReceiverRefused))]
    [InlineData(422, nameof(DeliveryError.FindingRefused))]
    public async Task What_does_not_pass_is_not(int status, string error)
    {
        using var server = new WebhookServer(status);
        using var courier = Courier(server.Address, retries: 3);
        var failure = await Assert.ThrowsAsync<DeliveryException>(() => courier.DeliverAsync(Findings.Message(), Token));

        Assert.Equal(error, failure.Error.ToString());
        Assert.Equal(1, server.Requests);
    }

    [Fact]
    public async Task Errors_hold_no_secret()
    {
        using var server = new WebhookServer(401);
        using var courier = new Courier(
            new WebhookReceiver(new Uri($"{server.Address}?key=s3cret"), [new("X-Token", "s3cret")], new NetworkCredential("user", "s3cret")), null, 0, TimeSpan.Zero);
        var refused = await Assert.ThrowsAsync<DeliveryException>(() => courier.DeliverAsync(Findings.Message(), Token));
        server.Dispose();
        var unreachable = await Assert.ThrowsAsync<DeliveryException>(() => courier.DeliverAsync(Findings.Message(), Token));
        var header = Assert.Throws<FormatException>(() => new WebhookReceiver(server.Address, [new("X-Token", "s3cret\r\nForged: 1")]));

        Assert.DoesNotContain("s3cret", refused.ToString());
        Assert.DoesNotContain("s3cret", unreachable.ToString());
        Assert.DoesNotContain("s3cret", header.ToString());
    }

    [Fact]
    public async Task Nothing_is_lost_while_the_receiver_is_down()
    {
        var port = WebhookServer.FreePort();
        var address = new Uri($"http://127.0.0.1:{port}/hook");
        using (var courier = Courier(address, withOutbox: true))
        {
            for (var i = 0; i < 5; i++) await courier.DeliverAsync(Findings.Message($"d{i}.example"), Token);
            Assert.Equal(5, courier.WaitingCount);
            Assert.Equal(DeliveryError.ReceiverNotReachable, courier.Trouble!.Error);
        }

        using var server = new WebhookServer(port, []);
        using var next = Courier(address, withOutbox: true);
        await next.DrainAsync(Token);
        await next.DeliverAsync(Findings.Message("d5.example"), Token);

        Assert.Equal(["d0.example", "d1.example", "d2.example", "d3.example", "d4.example", "d5.example"], server.Accepted.Select(a => a.Domain));
        Assert.Empty(Waiting);
        Assert.Null(next.Trouble);
    }

    [Fact]
    public async Task A_finding_that_is_refused_is_set_aside_and_the_others_go_on()
    {
        using var server = new WebhookServer(422);
        using var courier = Courier(server.Address, withOutbox: true);
        await courier.DeliverAsync(Findings.Message("a.example"), Token);
        await courier.DeliverAsync(Findings.Message("b.example"), Token);

        var (file, cause) = Assert.Single(courier.Refused);
        Assert.Equal(DeliveryError.FindingRefused, cause.Error);
        Assert.Contains("a.example", await File.ReadAllTextAsync(file, Token));
        Assert.Equal("b.example", Assert.Single(server.Accepted).Domain);
        Assert.Empty(Waiting);
    }

    [Fact]
    public async Task A_wrong_credential_keeps_them_for_a_right_one()
    {
        using var server = new WebhookServer(401);
        using (var courier = Courier(server.Address, withOutbox: true)) await courier.DeliverAsync(Findings.Message(), Token);
        Assert.Single(Waiting);

        using var next = Courier(server.Address, withOutbox: true);
        await next.DrainAsync(Token);
        Assert.Single(server.Accepted);
    }

    [Fact]
    public async Task While_another_process_sends_they_wait()
    {
        using var server = new WebhookServer();
        using var courier = Courier(server.Address, withOutbox: true);
        Directory.CreateDirectory(OutboxFolder);
        using (new Outbox(OutboxFolder, ".json").TryLock())
        {
            await courier.DeliverAsync(Findings.Message(), Token);
            Assert.Equal(0, server.Requests);
        }
        await courier.DrainAsync(Token);
        Assert.Single(server.Accepted);
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_used_is_an_error()
    {
        await File.WriteAllTextAsync(OutboxFolder, "a file", Token);
        using var courier = Courier(new Uri("http://127.0.0.1:9/"), withOutbox: true);
        var failure = await Assert.ThrowsAsync<DeliveryException>(() => courier.DeliverAsync(Findings.Message(), Token));
        Assert.Equal(DeliveryError.OutboxNotUsable, failure.Error);
    }

    [Fact]
    public async Task What_waits_is_for_its_owner_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the modes of Unix");
            return;
        }
        using var courier = Courier(new Uri($"http://127.0.0.1:{WebhookServer.FreePort()}/"), withOutbox: true);
        await courier.DeliverAsync(Findings.Message(), Token);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, (File.GetUnixFileMode(OutboxFolder) | File.GetUnixFileMode(Assert.Single(Waiting))) & Others);
    }

    private Courier Courier(Uri address, int retries = 0, bool withOutbox = false) =>
        new(new WebhookReceiver(address, []), withOutbox ? new Outbox(OutboxFolder, ".json") : null, retries, TimeSpan.FromMilliseconds(1));
}
