namespace DnsTunnel.Response;

/// <summary>A containment action was refused or failed; nothing half done is left behind.</summary>
internal sealed class ResponseException(ResponseError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Why.</summary>
    public ResponseError Error { get; } = error;
}
