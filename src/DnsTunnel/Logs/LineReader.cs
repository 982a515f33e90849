using DnsTunnel.Sources;

namespace DnsTunnel.Logs;

/// <summary>Cuts a log at its terminators: ends of lines or, in XML, end tags.</summary>
internal sealed class LineReader(ByteSource source, byte[] terminator)
{
    /// <summary>The longest line that is read: an answer of 64 KiB with each byte escaped (\u0000 in JSON) and what goes with it.</summary>
    public const int MaxLength = 1 << 19;

    private int _passed;

    /// <summary>The next line with its terminator, empty when it was too long; false at the end. Valid until the next call.</summary>
    /// <exception cref="SourceFormatException">The compressed file is cut or damaged inside this line.</exception>
    public bool TryRead(out ReadOnlySpan<byte> line, out bool tooLong)
    {
        source.Skip(_passed);
        _passed = 0;
        tooLong = false;
        for (var searched = 0; ;)
        {
            var available = source.Available;
            var found = available[searched..].IndexOf(terminator);
            if (found >= 0)
            {
                _passed = searched + found + terminator.Length;
                tooLong |= _passed > MaxLength;
                line = tooLong ? default : available[.._passed];
                return true;
            }
            searched = Math.Max(0, available.Length - terminator.Length + 1);
            if (searched > MaxLength)
            {
                tooLong = true;
                source.Skip(searched);
                searched = 0;
            }
            if (source.TryPeek(source.Available.Length + 1, out line)) continue;
            _passed = line.Length;
            if (tooLong) line = default;
            return _passed > 0 || tooLong;
        }
    }
}
