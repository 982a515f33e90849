namespace DnsTunnel.Capture.Live;

/// <summary>A live capture cannot be had, or ended before it was told to.</summary>
internal sealed class LiveCaptureException(LiveCaptureError error, string message, Exception? inner = null) : Exception(message, inner)
{
    public LiveCaptureError Error { get; } = error;
}
