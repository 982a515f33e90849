using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;

namespace DnsTunnel.Delivery;

/// <summary>An address that takes each finding as the JSON body of a POST.</summary>
internal sealed class WebhookReceiver : IReceiver
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    private readonly Uri _address;
    private readonly HttpClient _client;

    /// <param name="address">Where to.</param>
    /// <param name="headers">Headers of each request.</param>
    /// <param name="credential">For basic authentication (RFC 7617), sent unasked.</param>
    /// <param name="trust">Whom to trust instead of the system's authorities.</param>
    /// <exception cref="FormatException">A header is none; the message names it.</exception>
    public WebhookReceiver(Uri address, IEnumerable<KeyValuePair<string, string>> headers, NetworkCredential? credential = null, ServerTrust? trust = null)
    {
        _address = address;
        // The path of a webhook is often its password, and so is what stands before the host.
        Name = address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
        // A redirected POST would become a GET, and carry the headers to whom they are not for.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = s_patience, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (trust is not null) handler.SslOptions.RemoteCertificateValidationCallback = trust.Verify;
        _client = new HttpClient(handler) { Timeout = s_patience };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue(FindingSummary.Product, FindingSummary.Version));
        if (credential is not null) _client.DefaultRequestHeaders.Authorization = Basic(credential);
        foreach (var (name, value) in headers) AddHeader(name, value);
    }

    public string Name { get; }

    public string FileExtension => ".json";

    public byte[] Encode(DnsTunnelFinding finding) => EcsFindingWriter.Write(finding, DateTime.UtcNow);

    public byte[] Encode(SourceNotice notice) => EcsNoticeWriter.Write(notice);

    public async Task SendAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(message);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            Check(response);
        }
        catch (HttpRequestException exception) when (exception.InnerException is AuthenticationException inner)
        {
            throw new DeliveryException(DeliveryError.ReceiverNotTrusted, $"TLS with {Name} failed: {inner.Message}", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new DeliveryException(DeliveryError.ReceiverNotReachable, $"{Name} was not reached: {exception.Message}", exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeliveryException(DeliveryError.ReceiverNotReachable, $"{Name} did not answer within {s_patience.TotalSeconds} seconds.", exception);
        }
    }

    public void Dispose() => _client.Dispose();

    /// <summary>The body of an answer is not shown: a receiver may repeat in it what it was sent.</summary>
    private void Check(HttpResponseMessage response)
    {
        if (response.IsSuccessStatusCode) return;
        var error = response.StatusCode switch
        {
            HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => DeliveryError.ReceiverNotReachable,
            HttpStatusCode.BadRequest or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnprocessableEntity => DeliveryError.FindingRefused,
            _ => DeliveryError.ReceiverRefused,
        };
        throw new DeliveryException(error, string.Create(CultureInfo.InvariantCulture, $"{Name} answered with status {(int)response.StatusCode} ({response.StatusCode})."))
        {
            RetryAfter = RetryAfter(response.Headers.RetryAfter),
        };
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header)
    {
        var wait = header?.Delta ?? (header?.Date - DateTimeOffset.UtcNow);
        return wait is null ? null : TimeSpan.FromTicks(Math.Clamp(wait.Value.Ticks, 0, s_longestWait.Ticks));
    }

    private void AddHeader(string name, string value)
    {
        try
        {
            _client.DefaultRequestHeaders.Remove(name);
            _client.DefaultRequestHeaders.Add(name, value);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            // The cause would be in the inner message, and perhaps the value with it.
            throw new FormatException($"'{Printable.Text(name)}' cannot be a header of a request with this value.");
        }
    }

    private static AuthenticationHeaderValue Basic(NetworkCredential credential) =>
        new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}")));
}
