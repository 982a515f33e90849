using System.Globalization;
using System.Net;
using System.Net.Sockets;
using SharpPcap;
using SharpPcap.LibPcap;

namespace DnsTunnel.Capture.Live;

/// <summary>The interfaces of this computer, as libpcap or Npcap knows them.</summary>
internal static class CaptureInterfaces
{
    private const uint UpFlag = 2;
    private const uint LoopbackFlag = 1;

    /// <summary>libpcap lists these beside interfaces; their packets are none of a network.</summary>
    private static readonly string[] s_otherDevices = ["bluetooth", "dbus-", "nflog", "nfqueue", "usbmon"];

    /// <exception cref="LiveCaptureException">There is no capture library, or it cannot list them.</exception>
    public static IEnumerable<DnsCaptureInterface> List() => All().Where(CarriesPackets).Select(Describe);

    /// <summary>The interface of a name, friendly name or description.</summary>
    /// <exception cref="LiveCaptureException">There is none, or no capture library.</exception>
    public static PcapInterface Find(string name)
    {
        var all = All();
        return all.FirstOrDefault(i => i.Name == name)
            ?? all.FirstOrDefault(i => Is(i.Name, name) || Is(i.FriendlyName, name))
            ?? all.FirstOrDefault(i => Is(i.Description, name))
            ?? throw NotFound(name, all.Where(CarriesPackets).Select(ShortName));
    }

    /// <summary>The error for a name that is none of those there are.</summary>
    public static LiveCaptureException NotFound(string name, IEnumerable<string> names) =>
        new(LiveCaptureError.CaptureInterfaceNotFound, $"There is no interface '{name}'. There are: {string.Join(", ", names)}.");

    private static bool Is(string? name, string wanted) => string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase);

    /// <summary>What people call it: on Windows the name has a GUID in it.</summary>
    private static string ShortName(PcapInterface i) => i.FriendlyName ?? i.Name;

    private static bool CarriesPackets(PcapInterface i) =>
        OperatingSystem.IsWindows() || !s_otherDevices.Any(other => i.Name.StartsWith(other, StringComparison.Ordinal));

    private static IReadOnlyList<PcapInterface> All()
    {
        PcapLibrary.Require();
        try
        {
            return PcapInterface.GetAllPcapInterfaces();
        }
        catch (PcapException e)
        {
            throw new LiveCaptureException(LiveCaptureError.CaptureFailed, $"Cannot list the interfaces: {e.Message.Trim()}", e);
        }
    }

    /// <summary>Null for the loopback interface, whose address is all zeros.</summary>
    private static string? WithColons(byte[]? address) =>
        address is null || !address.Any(b => b != 0) ? null : string.Join(':', address.Select(b => b.ToString("X2", CultureInfo.InvariantCulture)));

    private static DnsCaptureInterface Describe(PcapInterface i) => new()
    {
        Name = i.Name,
        FriendlyName = i.FriendlyName ?? i.Name,
        Description = i.Description ?? "",
        Addresses = [.. i.Addresses.Select(a => a.Addr?.ipAddress).OfType<IPAddress>()
            .Where(a => a.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6).Select(a => a.ToString()).Distinct()],
        MacAddress = WithColons(i.MacAddress?.GetAddressBytes()),
        State = (i.Flags & UpFlag) != 0 ? CaptureInterfaceState.Up : CaptureInterfaceState.Down,
        IsLoopback = (i.Flags & LoopbackFlag) != 0,
    };
}
