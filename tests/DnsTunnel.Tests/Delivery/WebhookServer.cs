using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace DnsTunnel.Tests.Delivery;

/// <summary>A webhook on loopback that answers as it is told, then 200, and keeps what it was sent.</summary>
internal sealed class WebhookServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<int> _answers;

    public WebhookServer(params int[] answers)
        : this(FreePort(), answers)
    {
    }

    public WebhookServer(int port, int[] answers)
    {
        _answers = new Queue<int>(answers);
        Address = new Uri($"http://127.0.0.1:{port}/hook/s3cret-path");
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = AnswerAsync();
    }

    public Uri Address { get; }

    /// <summary>The domain, method and headers of each request that was answered with 200.</summary>
    public List<(string Domain, string Method, System.Collections.Specialized.NameValueCollection Headers)> Accepted { get; } = [];

    public int Requests { get; private set; }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public void Dispose() => _listener.Close();

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            Requests++;
            using var body = await JsonDocument.ParseAsync(context.Request.InputStream);
            var status = _answers.TryDequeue(out var told) ? told : 200;
            var domain = body.RootElement.GetProperty("dns").GetProperty("question").GetProperty("registered_domain").GetString()!;
            if (status == 200) Accepted.Add((domain, context.Request.HttpMethod, context.Request.Headers));
            if (status == 429) context.Response.Headers["Retry-After"] = "0";
            if (status == 302) context.Response.RedirectLocation = "/elsewhere";
            context.Response.StatusCode = status;
            context.Response.Close();
        }
    }
}
