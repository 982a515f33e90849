using DnsTunnel.Fuzz.Targets;
using DnsTunnel.Logs;

namespace DnsTunnel.Fuzz;

/// <summary>All targets; what is added here is run by the fuzzer and by the tests.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("pcap", QueryFiles.ReadCapture),
        new("pcapng", QueryFiles.ReadCapture),
        new("compressed", CompressedFiles.Read),
        new("packets", PacketStreams.Read),
        new("message", Messages.Read),
        new("dnstap", QueryFiles.ReadDnstap),
        .. DnsLogFormat.All.Where(format => !format.IsBinary).Select(format => new FuzzTarget($"log-{format.Name}", bytes => LogFiles.Read(bytes, format))),
        new("names", TunnelNames.Read),
        new("model", StateFiles.ReadModel),
        new("exceptions", StateFiles.ReadExceptions),
        new("journal", StateFiles.ReadJournal),
        new("ledger", StateFiles.ReadLedger),
        new("history", StateFiles.ReadHistory),
        new("zone", StateFiles.ReadZone),
    ];

    public static FuzzTarget Find(string name) =>
        All.FirstOrDefault(target => target.Name == name) ?? throw new ArgumentException($"There is no target '{name}'.", nameof(name));
}
