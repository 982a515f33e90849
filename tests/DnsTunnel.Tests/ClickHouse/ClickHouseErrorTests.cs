using System.Net;
using DnsTunnel.ClickHouse;
using DnsTunnel.Tests.Servers;

namespace DnsTunnel.Tests.ClickHouse;

public class ClickHouseErrorTests(ClickHouseFixture fixture) : IClassFixture<ClickHouseFixture>
{
    [Fact]
    public void A_wrong_address() =>
        AssertError(ClickHouseError.ServerNotReachable, new ClickHouseStore(new ClickHouseAddress(new Uri($"http://127.0.0.1:{LoopbackServer.FreePort()}")), ClickHouseServer.Login));

    [Fact]
    public void A_wrong_password() =>
        AssertError(ClickHouseError.AccessDenied, new ClickHouseStore(fixture.Server.Address("default"), new NetworkCredential("sensor", "wr0ng")), "wr0ng");

    [Fact]
    public void A_missing_table() => AssertError(ClickHouseError.TableNotFound, fixture.Server.Store("default", "none"));

    [Fact]
    public void A_missing_database() => AssertError(ClickHouseError.TableNotFound, fixture.Server.Store("none"));

    [Fact]
    public void A_table_of_another_version()
    {
        fixture.Server.Execute("CREATE TABLE default.old (ticks Int64, query_name String) ENGINE = Memory");
        var exception = AssertError(ClickHouseError.TableNotCurrent, fixture.Server.Store("default", "old"));
        Assert.Contains("part_keys", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_goes_away_after_the_check()
    {
        using var store = fixture.Server.Store("default", "gone");
        var exception = Assert.Throws<ClickHouseException>(() => StoreRun.Volumes(store, true));
        Assert.Equal(ClickHouseError.TableNotFound, exception.Error);
    }

    /// <summary>The beginning of an answer, and then nothing more.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n\u0001\u0005a\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n\u0001")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\u0001\u0005")]
    public void A_server_that_goes_away_in_the_middle(string answer) => AssertAnswer(ClickHouseError.ServerLost, answer);

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhello", ClickHouseError.StatementRefused)]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://192.0.2.1/\r\nContent-Length: 0\r\n\r\n", ClickHouseError.StatementRefused)]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n", ClickHouseError.ServerNotReachable)]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", ClickHouseError.ServerLost)]
    internal void Another_server(string answer, ClickHouseError error) => AssertAnswer(error, answer);

    [Theory]
    [InlineData("ftp://host/")]
    [InlineData("http://user:pa55@host/")]
    [InlineData("http://host/a/b")]
    [InlineData("http://host/a?password=pa55")]
    [InlineData("http://host/a?table=b&password=pa55")]
    [InlineData("relative")]
    public void Addresses_that_are_none(string address)
    {
        var exception = Assert.Throws<ClickHouseException>(() => new ClickHouseAddress(new Uri(address, UriKind.RelativeOrAbsolute)));
        Assert.Equal(ClickHouseError.AddressNotValid, exception.Error);
        Assert.DoesNotContain("pa55", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://host:8123", "default", "dns_query")]
    [InlineData("https://host:8443/dns", "dns", "dns_query")]
    [InlineData("https://host:8443/dns/?table=all%20queries", "dns", "all queries")]
    public void Addresses(string address, string database, string table)
    {
        var parsed = new ClickHouseAddress(new Uri(address));
        Assert.Equal((database, table), (parsed.Database, parsed.Table));
    }

    private static void AssertAnswer(ClickHouseError error, string answer)
    {
        using var server = new AbruptServer(answer);
        AssertError(error, new ClickHouseStore(new ClickHouseAddress(server.Uri), ClickHouseServer.Login));
    }

    private static ClickHouseException AssertError(ClickHouseError error, ClickHouseStore store, string secret = ClickHouseServer.Password)
    {
        using (store)
        {
            var exception = Assert.Throws<ClickHouseException>(() => store.Check(TestContext.Current.CancellationToken));
            Assert.Equal(error, exception.Error);
            Assert.DoesNotContain(secret, exception.ToString(), StringComparison.Ordinal);
            return exception;
        }
    }
}
