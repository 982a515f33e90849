using DnsTunnel.Names;

namespace DnsTunnel.Evidence.Payload;

/// <summary>A distinct name that was asked for under a domain of a finding.</summary>
/// <param name="Wire">In wire form and wire case.</param>
/// <param name="LabelsLength">The bytes of it before the registered domain.</param>
/// <param name="Type">It was first asked for with.</param>
/// <param name="Time">It was first asked for, UTC.</param>
internal sealed record EvidenceName(byte[] Wire, int LabelsLength, ushort Type, DateTime Time)
{
    /// <summary>The labels before the registered domain, in wire form.</summary>
    public ReadOnlySpan<byte> Labels => Wire.AsSpan(0, LabelsLength);

    /// <summary>Presentation form: printable ASCII, whatever its bytes.</summary>
    public string Text => DnsName.ToText(Wire);
}
