using SharpPcap;

namespace DnsTunnel.Capture.Live;

/// <summary>Says what an error of pcap means.</summary>
internal static class LiveCaptureFailure
{
    public static LiveCaptureException OfOpening(string name, PcapException exception) => exception.Error switch
    {
        PcapError.PermissionDenied or PcapError.PromiscuousPermissionDenied => new(LiveCaptureError.CaptureNotPermitted,
            $"No right to capture on '{name}'.", exception),
        PcapError.NoSuchDevice => new(LiveCaptureError.CaptureInterfaceNotFound, $"The interface '{name}' is gone.", exception),
        PcapError.InterfaceNotUp => new(LiveCaptureError.CaptureInterfaceDown, $"The interface '{name}' is down.", exception),
        _ => new(LiveCaptureError.CaptureFailed, $"Cannot capture on '{name}': {exception.Message.Trim()}", exception),
    };
}
