using System.Buffers.Binary;
using System.Buffers.Text;
using DnsTunnel.Packets;

namespace DnsTunnel.Processes;

/// <summary>Reads /proc/net/udp, udp6, tcp and tcp6 (proc_pid_net(5)).</summary>
internal static class LinuxSockets
{
    private const int LocalAddress = 1;
    private const int User = 7;
    private const int Inode = 9;

    public static void Read(ReadOnlySpan<byte> file, DnsTransport transport, SocketTable sockets)
    {
        while (!file.IsEmpty)
        {
            var end = file.IndexOf((byte)'\n');
            ReadLine(end < 0 ? file : file[..end], transport, sockets);
            file = end < 0 ? default : file[(end + 1)..];
        }
    }

    /// <summary>Lines that are none of a socket, the heading among them, are passed over; sockets without inode have no owner any more.</summary>
    private static void ReadLine(ReadOnlySpan<byte> line, DnsTransport transport, SocketTable sockets)
    {
        if (!TryReadAddress(Field(line, LocalAddress), out var address, out var port)) return;
        if (!Utf8Parser.TryParse(Field(line, User), out uint user, out _)) return;
        if (!Utf8Parser.TryParse(Field(line, Inode), out long inode, out _) || inode == 0) return;
        sockets.Add(transport, port, new LocalSocket(address, inode, user));
    }

    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, int number)
    {
        for (; ; number--)
        {
            line = line.TrimStart((byte)' ');
            var length = line.IndexOf((byte)' ');
            if (length < 0) length = line.Length;
            if (number == 0) return line[..length];
            line = line[length..];
        }
    }

    /// <summary>The address as numbers of 32 bits in the byte order of the machine, a colon, and the port.</summary>
    private static bool TryReadAddress(ReadOnlySpan<byte> text, out HostAddress address, out ushort port)
    {
        address = default;
        port = 0;
        var colon = text.IndexOf((byte)':');
        if (colon is not (8 or 32) || !Utf8Parser.TryParse(text[(colon + 1)..], out port, out _, 'X')) return false;
        Span<byte> bytes = stackalloc byte[16];
        for (var i = 0; i < colon / 8; i++)
        {
            if (!Utf8Parser.TryParse(text.Slice(i * 8, 8), out uint word, out var consumed, 'X') || consumed != 8) return false;
            if (BitConverter.IsLittleEndian) BinaryPrimitives.WriteUInt32LittleEndian(bytes[(i * 4)..], word);
            else BinaryPrimitives.WriteUInt32BigEndian(bytes[(i * 4)..], word);
        }

        address = colon == 8 ? HostAddress.FromIPv4(bytes[..4]) : HostAddress.FromIPv6(bytes);
        return true;
    }
}
