using DnsTunnel.ClickHouse;
using DnsTunnel.Delivery;
using DnsTunnel.Tests.Delivery;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.ClickHouse;

/// <summary>A real server that speaks TLS, with a certificate that nobody vouches for.</summary>
public sealed class ClickHouseTlsTests : IDisposable
{
    private readonly int _port = LoopbackServer.FreePort();
    private readonly SelfMadeCertificate _certificate = new("127.0.0.1");
    private readonly ClickHouseServer _server;

    public ClickHouseTlsTests() => _server = new ClickHouseServer(ClickHouseServer.FreePorts(), _certificate, _port);

    public void Dispose()
    {
        _server.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public void Stores_and_counts_with_a_certificate_that_is_trusted()
    {
        using var trust = ServerTrust.Read(_certificate.PemFile);
        using var store = Store("127.0.0.1", trust);
        store.Create(TestContext.Current.CancellationToken);
        store.Check(TestContext.Current.CancellationToken);
        var queries = StoreRun.QueriesOf("tunnels/elastic/iodine.pcap");
        StoreRun.Load(store, queries);
        StoreRun.AssertEqual(StoreRun.LocalVolumes(queries, true), StoreRun.Volumes(store, true));
    }

    [Fact]
    public void A_certificate_that_nobody_vouches_for_is_refused() => AssertNotTrusted("127.0.0.1", null);

    [Fact]
    public void A_certificate_of_another_host_is_refused()
    {
        using var trust = ServerTrust.Read(_certificate.PemFile);
        AssertNotTrusted("localhost", trust);
    }

    [Fact]
    public void A_certificate_of_another_authority_is_refused()
    {
        using var other = new SelfMadeCertificate("127.0.0.1");
        using var trust = ServerTrust.Read(other.PemFile);
        AssertNotTrusted("127.0.0.1", trust);
    }

    private void AssertNotTrusted(string host, ServerTrust? trust)
    {
        using var store = Store(host, trust);
        var exception = Assert.Throws<ClickHouseException>(() => store.Check(TestContext.Current.CancellationToken));
        Assert.Equal(ClickHouseError.ServerNotTrusted, exception.Error);
        Assert.Contains($"TLS with {host}:{_port} failed", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ClickHouseServer.Password, exception.ToString(), StringComparison.Ordinal);
    }

    private ClickHouseStore Store(string host, ServerTrust? trust) => new(new ClickHouseAddress(new Uri($"https://{host}:{_port}/dns")), ClickHouseServer.Login, trust);
}
