using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using SharpPcap.LibPcap;

namespace DnsTunnel.Capture.Live;

/// <summary>libpcap or Npcap itself: whether it is there, and the one function that SharpPcap does not pass on truly.</summary>
internal static class PcapLibrary
{
    private static readonly Lazy<IntPtr> s_library = new(Load);
    private static readonly Lazy<ReadStatistics> s_readStatistics = new(() =>
        Marshal.GetDelegateForFunctionPointer<ReadStatistics>(NativeLibrary.GetExport(s_library.Value, "pcap_stats")));

    private delegate int ReadStatistics(IntPtr handle, out NativeStatistics statistics);

    /// <exception cref="LiveCaptureException">It is not installed.</exception>
    public static void Require()
    {
        if (s_library.Value == IntPtr.Zero) throw new LiveCaptureException(LiveCaptureError.CaptureLibraryMissing, Missing);
    }

    /// <summary>
    /// What the kernel counted on a device. SharpPcap 6.3.1 reads the three numbers as 64 bits wide on Linux, where they have
    /// 32, and so has drops of 0 whatever happens.
    /// </summary>
    public static PcapCounters? ReadCounters(PcapHandle handle)
    {
        if (handle.IsInvalid || handle.IsClosed || s_readStatistics.Value(handle.DangerousGetHandle(), out var read) != 0) return null;
        return new PcapCounters(read.Received, read.Dropped, read.InterfaceDropped);
    }

    private static string Missing => OperatingSystem.IsWindows() ? "Npcap is not installed." : "libpcap is not installed.";

    /// <summary>The same names in the same order as SharpPcap, so that both have the same library.</summary>
    private static IntPtr Load()
    {
        string[] names = OperatingSystem.IsWindows() ? [Path.Combine(Environment.SystemDirectory, "Npcap", "wpcap.dll"), "wpcap.dll"]
            : OperatingSystem.IsMacOS() ? ["libpcap.dylib"]
            : ["libpcap.so", "libpcap.so.0", "libpcap.so.0.8", "libpcap.so.1"];
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library)) return library;
        }

        return IntPtr.Zero;
    }

    /// <summary>struct pcap_stat; Npcap's has three numbers more than libpcap's.</summary>
    [StructLayout(LayoutKind.Sequential)]
    [SuppressMessage("Style", "IDE0044", Justification = "Written by native code.")]
    private struct NativeStatistics
    {
        public uint Received;
        public uint Dropped;
        public uint InterfaceDropped;
        public uint Captured;
        public uint Sent;
        public uint NetworkDropped;
    }
}
