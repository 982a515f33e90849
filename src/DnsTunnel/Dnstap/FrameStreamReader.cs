using System.Buffers.Binary;
using DnsTunnel.Sources;

namespace DnsTunnel.Dnstap;

/// <summary>
/// Reads Frame Streams (https://farsightsec.github.io/fstrm): data frames between the control frames START and STOP. Streams may stand
/// one after another, as in files that were joined.
/// </summary>
/// <param name="source">The stream.</param>
/// <param name="peer">Where the handshake of a socket is answered; null for a file.</param>
internal sealed class FrameStreamReader(ByteSource source, Stream? peer = null)
{
    /// <summary>Two messages of 64 KiB at most, with what is told of them.</summary>
    public const int MaxFrame = 1 << 18;

    // As libfstrm has it.
    private const int MaxControlFrame = 512;
    private const int ContentTypeField = 1;

    private static readonly byte[] s_contentType = [.. "protobuf:dnstap.Dnstap"u8];

    private bool _isStarted;
    private bool _hasShakenHands;

    private enum Control
    {
        Accept = 1,
        Start = 2,
        Stop = 3,
        Ready = 4,
        Finish = 5,
    }

    /// <summary>Whether the source begins as a stream in a file does: with a START frame.</summary>
    public static bool IsFrameStream(ByteSource source)
    {
        source.TryPeek(3 * sizeof(uint), out var start);
        return start.Length == 3 * sizeof(uint)
            && start.StartsWith<byte>([0, 0, 0, 0, 0, 0])
            && BinaryPrimitives.ReadUInt32BigEndian(start[8..]) == (uint)Control.Start;
    }

    /// <summary>Reads the next data frame, valid until the next call; false at the end.</summary>
    /// <exception cref="SourceFormatException">The stream is cut or corrupt from here on, or holds something else than dnstap.</exception>
    /// <exception cref="IOException">The peer is gone.</exception>
    public bool TryRead(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        while (true)
        {
            var length = TryReadLength(0, out var isEnd);
            // A writer that was killed has not written STOP; what it wrote is whole.
            if (isEnd) return false;
            if (length != 0)
            {
                frame = ReadData(length);
                return true;
            }
            if (!ReadControl()) return false;
        }
    }

    private ReadOnlySpan<byte> ReadData(uint length)
    {
        if (!_isStarted) throw Corrupt("a data frame stands before START");
        if (length > MaxFrame) throw Corrupt($"a frame of {length:N0} bytes is longer than any of dnstap");
        var frame = Take(sizeof(uint) + (int)length);
        return frame[sizeof(uint)..];
    }

    /// <summary>False at the end of a stream from a peer.</summary>
    private bool ReadControl()
    {
        var length = TryReadLength(sizeof(uint), out var isEnd);
        if (isEnd) throw Corrupt("it ends inside a frame");
        if (length is < sizeof(uint) or > MaxControlFrame) throw Corrupt($"a control frame has {length:N0} bytes");
        var offset = source.Offset;
        var frame = Take(2 * sizeof(uint) + (int)length)[(2 * sizeof(uint))..];
        switch ((Control)BinaryPrimitives.ReadUInt32BigEndian(frame))
        {
            case Control.Ready:
                CheckContentType(frame[sizeof(uint)..], offset);
                _hasShakenHands = true;
                Answer(Control.Accept);
                break;
            case Control.Start:
                CheckContentType(frame[sizeof(uint)..], offset);
                _isStarted = true;
                break;
            case Control.Stop:
                _isStarted = false;
                Finish();
                return peer is null;
        }
        return true;
    }

    /// <summary>None is as good as ours: the field is optional.</summary>
    private static void CheckContentType(ReadOnlySpan<byte> fields, long offset)
    {
        var other = ReadOnlySpan<byte>.Empty;
        while (fields.Length >= 2 * sizeof(uint))
        {
            var type = BinaryPrimitives.ReadUInt32BigEndian(fields);
            var length = BinaryPrimitives.ReadUInt32BigEndian(fields[sizeof(uint)..]);
            fields = fields[(2 * sizeof(uint))..];
            if (length > fields.Length) throw new SourceFormatException("a field of a control frame is longer than the frame.", offset);
            var value = fields[..(int)length];
            fields = fields[(int)length..];
            if (type != ContentTypeField) continue;
            if (value.SequenceEqual(s_contentType)) return;
            other = value;
        }
        if (!other.IsEmpty) throw new SourceFormatException($"the frame stream holds '{Logs.LogText.Decode(other)}', not dnstap.", offset);
    }

    /// <summary>A sender that began with START wants no answer, and one that is gone needs none.</summary>
    private void Finish()
    {
        try
        {
            if (_hasShakenHands) Answer(Control.Finish);
        }
        catch (IOException)
        {
            // All of its frames are here.
        }
    }

    private void Answer(Control control)
    {
        if (peer is null) return;
        var withType = control == Control.Accept;
        var size = sizeof(uint) + (withType ? 2 * sizeof(uint) + s_contentType.Length : 0);
        Span<byte> frame = stackalloc byte[2 * sizeof(uint) + size];
        frame.Clear();
        BinaryPrimitives.WriteInt32BigEndian(frame[4..], size);
        BinaryPrimitives.WriteInt32BigEndian(frame[8..], (int)control);
        if (withType)
        {
            BinaryPrimitives.WriteInt32BigEndian(frame[12..], ContentTypeField);
            BinaryPrimitives.WriteInt32BigEndian(frame[16..], s_contentType.Length);
            s_contentType.CopyTo(frame[20..]);
        }
        peer.Write(frame);
        peer.Flush();
    }

    private uint TryReadLength(int offset, out bool isEnd)
    {
        isEnd = !source.TryPeek(offset + sizeof(uint), out var bytes);
        if (!isEnd) return BinaryPrimitives.ReadUInt32BigEndian(bytes[offset..]);
        if (offset == 0 && !bytes.IsEmpty) throw Corrupt("it ends inside a frame");
        return 0;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (!source.TryPeek(count, out var bytes)) throw Corrupt("it ends inside a frame");
        source.Skip(count);
        return bytes;
    }

    private SourceFormatException Corrupt(FormattableString what) => Corrupt(FormattableString.Invariant(what));

    private SourceFormatException Corrupt(string what) => new($"the frame stream is corrupt: {what}.", source.Offset);
}
