namespace DnsTunnel.Capture.Live;

/// <summary>Numbers of pcap_stats. They are 32 bits wide and begin anew after 4,294,967,295.</summary>
internal readonly record struct PcapCounters(uint Received, uint Dropped, uint InterfaceDropped);
