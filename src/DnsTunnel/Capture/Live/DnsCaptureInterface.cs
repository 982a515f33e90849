namespace DnsTunnel;

/// <summary>A network interface that can be captured on.</summary>
public sealed class DnsCaptureInterface
{
    /// <summary>The name that the system gives it: eth0, en0, \Device\NPF_{…}.</summary>
    public required string Name { get; init; }

    /// <summary>The name once more: what -Interface of Start-DnsCapture takes from the pipeline (files have a Name too).</summary>
    public string Interface => Name;

    /// <summary>What the capture library says of it; empty where it says nothing.</summary>
    public string Description { get; init; } = "";

    /// <summary>The name that people know it by, such as Ethernet or Wi-Fi on Windows; elsewhere the same as <see cref="Name"/>.</summary>
    public required string FriendlyName { get; init; }

    /// <summary>Its IP addresses as text.</summary>
    public string[] Addresses { get; init; } = [];

    /// <summary>Its hardware address, with colons; null where there is none.</summary>
    public string? MacAddress { get; init; }

    /// <summary>Whether it is switched on.</summary>
    public CaptureInterfaceState State { get; init; }

    /// <summary>Whether it leads to this computer itself.</summary>
    public bool IsLoopback { get; init; }

    /// <summary>The friendly name.</summary>
    public override string ToString() => FriendlyName;
}
