using DnsTunnel.Detection;
using DnsTunnel.Evidence.Payload;
using DnsTunnel.Exceptions;
using DnsTunnel.Models;
using DnsTunnel.Names;
using DnsTunnel.Volume;

namespace DnsTunnel.Fuzz.Targets;

/// <summary>What becomes of names that a tunnel made: volume, tool, verdict, and what they carried.</summary>
internal static class TunnelNames
{
    private const int HeaderLength = 2;

    private static readonly DateTime s_start = new(2026, 6, 5, 12, 0, 0, DateTimeKind.Utc);
    private static readonly byte[] s_domain = [.. "\x0etunnel-example\x03net\0"u8];
    private static readonly string?[] s_tools = [null, "iodine", "dnscat2", "dns2tcp"];

    /// <summary>An input is a byte for the tool, then names one after another: type (1 byte), length (1), labels.</summary>
    public static long Read(byte[] bytes)
    {
        if (bytes.Length == 0) return 0;
        var aggregator = new VolumeAggregator(PublicSuffixList.Default, TimeSpan.FromMinutes(15), byClient: true, exceptions: ExceptionList.BuiltIn);
        var names = new List<EvidenceName>();
        var time = s_start;
        for (ReadOnlySpan<byte> rest = bytes.AsSpan(1); rest.Length >= HeaderLength; time += TimeSpan.FromSeconds(7))
        {
            ushort type = rest[0];
            int length = rest[1];
            rest = rest[HeaderLength..];
            var labels = Sound(rest[..Math.Min(length, rest.Length)]);
            rest = rest[Math.Min(length, rest.Length)..];
            byte[] wire = [.. labels, .. s_domain];
            aggregator.Add(new VolumeItem { Ticks = time.Ticks, ClientName = "192.0.2.1", Name = wire, NameHash = NameHash.OfAnyCase(wire), Type = type, IsNxDomain = false, QuerySize = wire.Length + 12, ResponseSize = 100 });
            names.Add(new EvidenceName(wire, labels.Length, type, time));
        }

        var volumes = new ListedVolumes(() => aggregator.GetVolumes().GroupBy(v => v.WindowStart, (_, window) => window.ToArray()));
        var findings = new TunnelDetector(new Judge(TunnelModel.Default, 50), all: true).Detect(volumes, default);
        if (findings.Any(f => f.Score is not (>= 0 and <= 100) || f.Reasons.Any(r => r.Any(char.IsControl)))) throw new InvalidOperationException("A finding is out of bounds.");
        if (names.Count > 0) CheckPayload(PayloadReading.Read(names, s_tools[bytes[0] % s_tools.Length], maxSamples: 5));
        return findings.Count;
    }

    /// <summary>Labels that a message could have: whole ones of 1 to 63 bytes, as many as fit before the domain.</summary>
    private static ReadOnlySpan<byte> Sound(ReadOnlySpan<byte> bytes)
    {
        var end = 0;
        while (end < bytes.Length && bytes[end] is > 0 and < 64 && end + 1 + bytes[end] <= Math.Min(bytes.Length, DnsName.MaxWireLength - s_domain.Length)) end += 1 + bytes[end];
        return bytes[..end];
    }

    private static void CheckPayload((DnsTunnelPayload Payload, DnsTunnelSample[] Samples) read)
    {
        var texts = read.Payload.Texts.Concat(read.Samples.SelectMany(s => new[] { s.Name, s.Text, s.Header, s.Hex }));
        if (texts.Any(t => t is not null && t.Any(char.IsControl))) throw new InvalidOperationException("A payload holds control characters.");
    }
}
