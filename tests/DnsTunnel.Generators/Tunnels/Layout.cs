using DnsTunnel.Generators.Codecs;
using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Tunnels;

/// <summary>Pieces that several layouts share.</summary>
internal static class Layout
{
    public const string Digits = "0123456789";
    public const string Alphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Text as labels of at most the given size.</summary>
    public static string Labels(string text, int size = 63) => string.Join('.', text.Chunk(size).Select(part => new string(part)));

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes);

    /// <summary>A big-endian header in front of the payload.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload, params ReadOnlySpan<ushort> header)
    {
        var frame = new byte[header.Length * 2 + payload.Length];
        for (var i = 0; i < header.Length; i++) (frame[2 * i], frame[2 * i + 1]) = ((byte)(header[i] >> 8), (byte)header[i]);
        payload.CopyTo(frame.AsSpan(header.Length * 2));
        return frame;
    }

    /// <summary>Bytes back to the client in the record type that it asked for, with the names in the tunnel's own code.</summary>
    public static Reply Back(Session session, ushort type, ReadOnlySpan<byte> bytes, Radix radix, uint ttl = 0) => type switch
    {
        RecordType.Txt => Reply.Of(Record.Txt(radix.Encode(bytes), ttl)),
        RecordType.Cname => Reply.Of(Record.Cname(NameOf(session, bytes, radix), ttl)),
        RecordType.Mx => Reply.Of(Record.Mx(10, NameOf(session, bytes, radix), ttl)),
        RecordType.Srv => Reply.Of(Record.Srv(10, 5060, NameOf(session, bytes, radix), ttl)),
        RecordType.A => Reply.Of([.. Padded(bytes, 4).Select(part => Record.A(part, ttl))]),
        RecordType.Aaaa => Reply.Of([.. Padded(bytes, 16).Select(part => Record.Aaaa(part, ttl))]),
        _ => Reply.Of(Record.Raw(type, bytes, ttl)),
    };

    private static string NameOf(Session session, ReadOnlySpan<byte> bytes, Radix radix)
    {
        // A name has 253 characters with the domain's.
        var room = Math.Min(bytes.Length, 120);
        return room == 0 ? "x." + session.Domain : Labels(radix.Encode(bytes[..room])) + "." + session.Domain;
    }

    private static IEnumerable<byte[]> Padded(ReadOnlySpan<byte> bytes, int size)
    {
        var parts = bytes.ToArray().Chunk(size).ToList();
        if (parts.Count == 0) parts.Add(new byte[size]);
        foreach (ref var part in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(parts)) Array.Resize(ref part, size);
        return parts;
    }
}
