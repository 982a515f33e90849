using System.Text;
using DnsTunnel.Names;

namespace DnsTunnel.Tests.Names;

/// <summary>Names in wire form for tests.</summary>
internal static class WireName
{
    /// <summary>Parses text that must be a name.</summary>
    public static byte[] Of(string text)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaxWireLength];
        Assert.True(DnsName.TryParse(text, wire, out var length), text);
        return wire[..length].ToArray();
    }

    /// <summary>Joins labels as they are, without the code under test.</summary>
    public static byte[] FromLabels(params IEnumerable<byte[]> labels)
    {
        var wire = new List<byte>();
        foreach (var label in labels)
        {
            wire.Add((byte)label.Length);
            wire.AddRange(label);
        }
        wire.Add(0);
        return [.. wire];
    }

    /// <summary>Splits text at the dots and takes the labels as UTF-8.</summary>
    public static byte[] FromUtf8(string text) => FromLabels(text.Split('.').Select(Encoding.UTF8.GetBytes));

    /// <summary>A name within the limits, its labels of bytes that the picker gives.</summary>
    public static byte[] Random(Random random, Func<byte> next)
    {
        var labels = new List<byte[]>();
        var length = 1;
        for (var wanted = random.Next(8); wanted > 0; wanted--)
        {
            var label = new byte[random.Next(1, random.Next(4) == 0 ? 64 : 12)];
            if ((length += label.Length + 1) > DnsName.MaxWireLength) break;
            for (var i = 0; i < label.Length; i++) label[i] = next();
            labels.Add(label);
        }
        return FromLabels(labels);
    }
}
