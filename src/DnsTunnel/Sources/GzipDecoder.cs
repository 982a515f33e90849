using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace DnsTunnel.Sources;

/// <summary>
/// Decompresses gzip (RFC 1952) with its members one after another, and throws <see cref="InvalidDataException"/> where the file is
/// cut or damaged. GZipStream of .NET 8 and 10 takes a file that is cut, even inside a block, for one that has ended, and throws
/// away what it decoded when a checksum is wrong; so the framing is read here and only the DEFLATE data is left to the runtime.
/// </summary>
internal sealed class GzipDecoder(StoredStream stored) : ForwardStream
{
    private const int HeaderSize = 10;
    private const int TrailerSize = 8;
    private const int Deflate = 8;
    private const int HeaderChecksum = 1 << 1;
    private const int ExtraField = 1 << 2;
    private const int Name = 1 << 3;
    private const int Comment = 1 << 4;

    private readonly Crc32 _checksum = new();
    private uint _length;
    private DeflateStream? _member;
    private bool _ended;

    /// <summary>Whether bytes begin a gzip member.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> start) => start.StartsWith<byte>([0x1f, 0x8b]);

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && !buffer.IsEmpty)
        {
            _member ??= OpenMember();
            var read = Inflate(_member, buffer);
            if (read > 0)
            {
                _checksum.Append(buffer[..read]);
                _length += (uint)read;
                return read;
            }
            CloseMember();
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _member?.Dispose();
        base.Dispose(disposing);
    }

    private static int Inflate(DeflateStream member, Span<byte> buffer)
    {
        try
        {
            return member.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException("the gzip data is damaged from here on.", e);
        }
    }

    private DeflateStream OpenMember()
    {
        var header = Take(HeaderSize);
        var (method, flags) = (header[2], header[3]);
        if (method != Deflate) throw new InvalidDataException($"its gzip compression method is {method}; only 8 (DEFLATE) exists.");
        if ((flags & ExtraField) != 0) SkipBytes(BinaryPrimitives.ReadUInt16LittleEndian(Take(sizeof(ushort))));
        if ((flags & Name) != 0) SkipText();
        if ((flags & Comment) != 0) SkipText();
        if ((flags & HeaderChecksum) != 0) SkipBytes(sizeof(ushort));
        _checksum.Reset();
        _length = 0;
        return new DeflateStream(stored, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>
    /// Finds the end of the member. DeflateStream reads on past it and does not tell where it was, but the checksum and the length
    /// that must follow are known by now: eight bytes, looked for in what it read last.
    /// </summary>
    private void CloseMember()
    {
        _member!.Dispose();
        _member = null;
        Span<byte> trailer = stackalloc byte[TrailerSize];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, _checksum.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[sizeof(uint)..], _length);

        var window = stored.Peek(stored.Unread() + TrailerSize + sizeof(ushort));
        var end = FindEnd(window, trailer);
        if (end < 0) throw new InvalidDataException("the gzip data does not end with its checksum: the file is cut or damaged.");
        stored.Skip(end);

        var next = stored.Peek(sizeof(ushort));
        if (IsMagic(next)) return;
        // gzip(1) takes zeros for padding too. Anything else may be a member whose header is damaged: not to be dropped in silence.
        _ended = next.IsEmpty || next[0] == 0;
        if (!_ended) throw new InvalidDataException("the gzip data is followed by something that is not gzip.");
    }

    // The eight bytes can occur too early only where they are all zero (an empty member), so what follows them decides.
    private static int FindEnd(ReadOnlySpan<byte> window, ReadOnlySpan<byte> trailer)
    {
        var first = -1;
        for (var from = 0; ;)
        {
            var index = window[from..].IndexOf(trailer);
            if (index < 0) return first;
            var end = from + index + trailer.Length;
            if (end == window.Length || IsMagic(window[end..])) return end;
            if (first < 0) first = end;
            from += index + 1;
        }
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        var bytes = stored.Peek(count);
        if (bytes.Length < count) throw new InvalidDataException("the file ends inside a gzip header.");
        stored.Skip(count);
        return bytes;
    }

    private void SkipBytes(int count)
    {
        for (; count > 0; count--) Take(1);
    }

    private void SkipText()
    {
        while (Take(1)[0] != 0)
        {
        }
    }
}
