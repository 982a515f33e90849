using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;
using DnsTunnel.Delivery;

namespace DnsTunnel.ClickHouse;

/// <summary>
/// Statements to a ClickHouse server over its HTTP interface. HttpClient and RowBinary are all it takes: what BinaryReader and
/// BinaryWriter read and write is that format.
/// </summary>
internal sealed class ClickHouseClient : IDisposable
{
    private const int RowMark = 1;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client;
    private readonly Uri _server;

    /// <param name="server">Scheme, host and port.</param>
    /// <param name="credential">Null for the user that the server has for those who do not say.</param>
    /// <param name="trust">Whom to trust instead of the system's authorities.</param>
    public ClickHouseClient(Uri server, NetworkCredential? credential, ServerTrust? trust = null)
    {
        _server = server;
        Compresses = !server.IsLoopback;
        // A redirected POST would carry the password to whom it is not for.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = s_patience };
        if (trust is not null) handler.SslOptions.RemoteCertificateValidationCallback = trust.Verify;
        // How long a statement takes is the server's affair; Ctrl+C ends the waiting.
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        if (credential is null) return;
        var login = Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}");
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(login));
    }

    /// <summary>Within a computer, compressing costs more than it saves.</summary>
    public bool Compresses { get; init; }

    /// <summary>Runs a statement that has no result.</summary>
    /// <exception cref="ClickHouseException">It failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task ExecuteAsync(string sql, CancellationToken cancellation) =>
        (await SendAsync("?wait_end_of_query=1", new StringContent(sql), cancellation).ConfigureAwait(false)).Dispose();

    /// <summary>Sends rows.</summary>
    /// <param name="sql">An INSERT with its format.</param>
    /// <param name="queryId">By which the server knows the statement.</param>
    /// <param name="rows">As they are to a server on this computer, and compressed with gzip to others; see <see cref="Compresses"/>.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task InsertAsync(string sql, string queryId, ReadOnlyMemory<byte> rows, CancellationToken cancellation)
    {
        var content = new ReadOnlyMemoryContent(rows);
        if (Compresses) content.Headers.ContentEncoding.Add("gzip");
        // Without the first setting a Distributed table says yes before its servers have the rows.
        var query = $"?insert_distributed_sync=1&query_id={Uri.EscapeDataString(queryId)}&query={Uri.EscapeDataString(sql)}";
        (await SendAsync(query, content, cancellation).ConfigureAwait(false)).Dispose();
    }

    /// <summary>The rows of a SELECT, as RowBinary. The server holds them back until it has them all, so that no error comes between them.</summary>
    /// <param name="sql">Without a format. Its first column is the number 1: where that byte is missing, the rows end.</param>
    /// <param name="read">Reads the other columns of a row.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <inheritdoc cref="ExecuteAsync"/>
    public IEnumerable<T> Query<T>(string sql, Func<BinaryReader, T> read, CancellationToken cancellation)
    {
        using var response = SendAsync("?wait_end_of_query=1", new StringContent(sql + " FORMAT RowBinary"), cancellation).GetAwaiter().GetResult();
        using var stream = new BufferedStream(response.Content.ReadAsStream(cancellation), 1 << 16);
        using var reader = new BinaryReader(stream);
        using var cut = cancellation.Register(response.Dispose);
        while (TryRead(reader, read, cancellation, out var row)) yield return row;
    }

    public void Dispose() => _client.Dispose();

    private bool TryRead<T>(BinaryReader reader, Func<BinaryReader, T> read, CancellationToken cancellation, out T row)
    {
        row = default!;
        try
        {
            var mark = reader.BaseStream.ReadByte();
            if (mark < 0) return false;
            if (mark != RowMark) throw Foreign(HttpStatusCode.OK, ClickHouseError.StatementRefused);
            row = read(reader);
            return true;
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or ObjectDisposedException)
        {
            cancellation.ThrowIfCancellationRequested();
            throw Lost(exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string query, HttpContent content, CancellationToken cancellation)
    {
        HttpResponseMessage? response = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server, query)) { Content = content };
            response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK) return response;
            using (response) throw Refusal(response.StatusCode, await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false));
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException inner)
        {
            throw new ClickHouseException(ClickHouseError.ServerNotTrusted, $"TLS with {Name} failed: {inner.Message}", exception);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError)
        {
            throw new ClickHouseException(ClickHouseError.ServerNotReachable, $"{Name} was not reached: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw Lost(exception);
        }
    }

    private string Name => _server.GetComponents(UriComponents.HostAndPort, UriFormat.UriEscaped);

    private ClickHouseException Lost(Exception exception) =>
        new(ClickHouseError.ServerLost, $"{Name} went away before the statement had ended: {exception.Message}", exception);

    private ClickHouseException Foreign(HttpStatusCode status, ClickHouseError error) =>
        new(error, string.Create(CultureInfo.InvariantCulture, $"{Name} answered with status {(int)status} ({status}), as no ClickHouse server does."));

    private ClickHouseException Refusal(HttpStatusCode status, string body)
    {
        if (ServerMessage.TryParse(body, out var message)) return new(message.Error, $"{Name} says: {message.Text}");
        var error = status is HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout ? ClickHouseError.ServerNotReachable
            : status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? ClickHouseError.AccessDenied
            : ClickHouseError.StatementRefused;
        return Foreign(status, error);
    }
}
