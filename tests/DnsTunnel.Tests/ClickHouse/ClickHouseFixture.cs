namespace DnsTunnel.Tests.ClickHouse;

/// <summary>One server for the tests that do not harm it, started by the first.</summary>
public sealed class ClickHouseFixture : IDisposable
{
    private ClickHouseServer? _server;

    /// <summary>Skips the test where there is no ClickHouse.</summary>
    internal ClickHouseServer Server => _server ??= new ClickHouseServer(ClickHouseServer.FreePorts());

    public void Dispose() => _server?.Dispose();
}
