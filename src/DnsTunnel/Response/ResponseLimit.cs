using DnsTunnel.Response.Journal;

namespace DnsTunnel.Response;

/// <summary>Refuses more actions than a person can have meant: a detector that went wrong must not take a network down.</summary>
internal static class ResponseLimit
{
    private static readonly TimeSpan s_span = TimeSpan.FromHours(1);

    /// <exception cref="ResponseException">The journal has as many of the last hour as the request allows.</exception>
    public static void Check(JournalContent content, ResponseRequest request, DateTime now)
    {
        if (request.MaxPerHour is not { } limit) return;
        var recent = content.Responses.Where(r => r.Timestamp > now - s_span && r.Status != DnsTunnelResponseStatus.Failed).ToArray();
        if (recent.Length < limit) return;
        var free = recent.OrderByDescending(r => r.Timestamp).ElementAt(Math.Max(0, limit - 1)).Timestamp + s_span;
        throw new ResponseException(ResponseError.ResponseLimitReached,
            $"{recent.Length} actions were begun in the last hour, and {limit} are allowed. The next one is at {free:yyyy-MM-dd HH:mm:ss} UTC.");
    }
}
