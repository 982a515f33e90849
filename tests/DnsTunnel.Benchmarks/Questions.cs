using System.Buffers.Binary;
using DnsTunnel.Names;

namespace DnsTunnel.Benchmarks;

/// <summary>Names and request messages, always the same: hosts of many domains, few of them asked often, and a tunnel.</summary>
internal sealed class Questions
{
    public const int Count = 1 << 16;

    private const int Domains = 20_000;

    private static readonly string[] s_hosts = ["www", "api", "cdn", "mail", "edge-7.eu", "static", "login", "ns1"];
    private static readonly string[] s_suffixes = ["com", "net", "org", "de", "co.uk", "com.au", "co.jp", "com.br"];

    public Questions()
    {
        var random = new Random(1);
        for (var i = 0; i < Count; i++)
        {
            // The square makes few domains many questions.
            var domain = (int)(Domains * random.NextDouble() * random.NextDouble());
            var text = i % 200 == 0
                ? $"{Convert.ToHexStringLower(RandomBytes(random))}.t.tunnel.example"
                : $"{s_hosts[random.Next(s_hosts.Length)]}.domain{domain:x}.{s_suffixes[domain % s_suffixes.Length]}";
            Names[i] = Wire(text);
            Messages[i] = Message(Names[i], (ushort)i);
        }
    }

    /// <summary>In wire form.</summary>
    public byte[][] Names { get; } = new byte[Count][];

    public byte[][] Messages { get; } = new byte[Count][];

    private static byte[] RandomBytes(Random random)
    {
        var bytes = new byte[30];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Wire(string text)
    {
        var wire = new byte[DnsName.MaxWireLength];
        return DnsName.TryParse(text, wire, out var length) ? wire[..length] : throw new ArgumentException("it is not a name", nameof(text));
    }

    private static byte[] Message(byte[] name, ushort id)
    {
        var message = new byte[12 + name.Length + 4];
        BinaryPrimitives.WriteUInt16BigEndian(message, id);
        message[2] = 1;
        message[5] = 1;
        name.CopyTo(message, 12);
        message[^3] = 1;
        message[^1] = 1;
        return message;
    }
}
