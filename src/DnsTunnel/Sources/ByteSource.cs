using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace DnsTunnel.Sources;

/// <summary>The bytes of a file, decompressed, in a buffer that its readers hand spans of.</summary>
internal sealed class ByteSource : IDisposable
{
    /// <summary>The most bytes that can be asked for at once: the buffer never grows over this.</summary>
    public const int MaximumRequest = 1 << 24;

    private const int BufferSize = 1 << 18;

    // A decoder that meets damage throws and takes what it decoded in that call with it: small reads keep all but the last of it.
    private const int CompressedRead = 1 << 10;

    // The window of zstd is memory, and its size a claim of the file: any may ask for 32 MiB (level 20), only a large one for 128 MiB.
    private const int SmallestWindowLimit = 25;
    private const int LargestWindowLimit = 27;

    private readonly StoredStream _stored;
    private readonly Stream _content;
    private readonly int _readSize;
    private byte[] _buffer;
    private int _start;
    private int _end;
    private long _bufferOffset;
    private SourceFormatException? _damage;

    /// <summary>Opens a file, compressed or not.</summary>
    /// <param name="path">The file, or a named pipe.</param>
    /// <param name="cancellation">Ends the waiting for a pipe.</param>
    /// <exception cref="SourceFormatException">Its compression is damaged at the very beginning.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ByteSource Open(string path, CancellationToken cancellation = default)
    {
        // Pipes and devices have no length; neither has an empty file, which costs little this way.
        var waits = cancellation.CanBeCanceled && new FileInfo(path) is { Exists: true, Length: 0 };
        return new(waits ? new PipeFile(OpenFile, cancellation) : OpenFile());

        FileStream OpenFile() => new(path, new FileStreamOptions
        {
            // The program that captures or logs may still be writing the file, or be about to rotate it.
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.SequentialScan,
            BufferSize = 0,
        });
    }

    /// <summary>Takes a stream over, and finds out by its first bytes whether it is compressed.</summary>
    public ByteSource(Stream stream)
    {
        _stored = new StoredStream(stream);
        _buffer = [];
        try
        {
            _content = Decompress(_stored);
        }
        catch
        {
            _stored.Dispose();
            throw;
        }
        _readSize = ReferenceEquals(_content, _stored) ? int.MaxValue : CompressedRead;
        _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    }

    /// <summary>Bytes of the file as stored, and how many of them were read.</summary>
    public long Length => _stored.Length;

    /// <inheritdoc cref="Length"/>
    public long Position => _stored.Position;

    /// <summary>Where the next byte lies in the uncompressed file.</summary>
    public long Offset => _bufferOffset + _start;

    /// <summary>The bytes that can be peeked at without reading on.</summary>
    public ReadOnlySpan<byte> Available => _buffer.AsSpan(_start, _end - _start);

    /// <summary>The next bytes without passing over them, valid until the next call; false, with those that are left, at the end.</summary>
    /// <exception cref="SourceFormatException">The compressed file is cut or damaged before that many bytes.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPeek(int count, out ReadOnlySpan<byte> bytes)
    {
        var found = _end - _start >= count || TryFill(count);
        bytes = _buffer.AsSpan(_start, found ? count : _end - _start);
        return found;
    }

    /// <summary>Passes over bytes that were peeked at; they stay valid until the next peek.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int count) => _start += count;

    /// <summary>Passes over bytes that need not be in the buffer; false when the file ends before.</summary>
    /// <exception cref="SourceFormatException">The compressed file is cut or damaged before that many bytes.</exception>
    public bool TryDiscard(int count)
    {
        while (count > _end - _start)
        {
            count -= _end - _start;
            _start = _end;
            if (!TryFill(1)) return false;
        }
        _start += count;
        return true;
    }

    public void Dispose()
    {
        if (_buffer.Length == 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _start = _end = 0;
        _content.Dispose();
        _stored.Dispose();
    }

    private static Stream Decompress(StoredStream stored)
    {
        var start = stored.Peek(sizeof(uint));
        if (GzipDecoder.IsMagic(start)) return new GzipDecoder(stored);
        // RFC 8878, 3.1.1 and 3.1.2: a frame, or a skippable frame (pzstd begins with one).
        if (start is not ([0x28, 0xb5, 0x2f, 0xfd] or [>= 0x50 and <= 0x5f, 0x2a, 0x4d, 0x18])) return stored;
        var zstd = new DecompressionStream(stored, leaveOpen: true);
        zstd.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, WindowLimit(stored.Length));
        return zstd;
    }

    private static int WindowLimit(long length) =>
        Math.Clamp(BitOperations.Log2((1ul << SmallestWindowLimit) + (2 * (ulong)length)), SmallestWindowLimit, LargestWindowLimit);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryFill(int count)
    {
        if (_buffer.Length - _start < count) MakeRoom(count);
        while (_end - _start < count)
        {
            var read = Read(_buffer.AsSpan(_end, Math.Min(_readSize, _buffer.Length - _end)));
            if (read == 0) return false;
            _end += read;
        }
        return true;
    }

    private void MakeRoom(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, MaximumRequest);
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        var unread = _buffer.AsSpan(_start, _end - _start);
        if (count <= _buffer.Length)
        {
            unread.CopyTo(_buffer);
        }
        else
        {
            var larger = ArrayPool<byte>.Shared.Rent(count);
            unread.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
        _bufferOffset += _start;
        _end -= _start;
        _start = 0;
    }

    private int Read(Span<byte> buffer)
    {
        if (_damage is not null) throw _damage;
        try
        {
            return _content.Read(buffer);
        }
        catch (InvalidDataException e)
        {
            throw _damage = new SourceFormatException(e.Message, _bufferOffset + _end, e);
        }
        catch (EndOfStreamException e)
        {
            throw _damage = new SourceFormatException("the zstd data is cut.", _bufferOffset + _end, e);
        }
        catch (ZstdException e) when (e.Code == ZSTD_ErrorCode.ZSTD_error_frameParameter_windowTooLarge)
        {
            var window = 1 << (WindowLimit(_stored.Length) - 20);
            throw _damage = new SourceFormatException($"the zstd data needs a window of more than {window} MiB of memory; 'zstd -d --long=31' decompresses it.", _bufferOffset + _end, e);
        }
        catch (ZstdException e)
        {
            throw _damage = new SourceFormatException($"the zstd data is damaged: {e.Message}.", _bufferOffset + _end, e);
        }
    }
}
