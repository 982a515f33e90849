namespace DnsTunnel.Capture.Live;

/// <summary>Why a live capture cannot be had.</summary>
internal enum LiveCaptureError
{
    CaptureLibraryMissing,
    CaptureNotPermitted,
    CaptureInterfaceNotFound,
    CaptureInterfaceDown,
    CaptureLinkTypeNotRead,
    CaptureFilterNotValid,
    CaptureFailed,
}
