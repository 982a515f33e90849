using System.Numerics;
using System.Runtime.Intrinsics;

namespace DnsTunnel.Logs;

/// <summary>Finds where the fields of a line end, 32 bytes at a time: lines have many fields, most of a few bytes.</summary>
internal static class FieldEnds
{
    /// <summary>Puts the position of each separator, and the end of the line, into a list, as far as it has room; returns how many.</summary>
    public static int Find(ReadOnlySpan<byte> line, byte separator, Span<int> ends)
    {
        var (count, position) = (0, 0);
        var wanted = Vector256.Create(separator);
        for (; position <= line.Length - Vector256<byte>.Count; position += Vector256<byte>.Count)
        {
            var found = Vector256.Equals(Vector256.Create(line.Slice(position, Vector256<byte>.Count)), wanted).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                if (count == ends.Length) return count;
                ends[count++] = position + BitOperations.TrailingZeroCount(found);
            }
        }
        for (; position < line.Length && count < ends.Length; position++)
        {
            if (line[position] == separator) ends[count++] = position;
        }
        if (count < ends.Length) ends[count++] = line.Length;
        return count;
    }
}
