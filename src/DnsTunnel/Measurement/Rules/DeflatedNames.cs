using System.IO.Compression;
using System.Text;

namespace DnsTunnel.Measurement.Rules;

/// <summary>The distinct names of a domain, and whether their sorted list, deflated, reaches a size.</summary>
internal sealed class DeflatedNames(int floor)
{
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);
    private int _size;
    private int _unmeasured;

    /// <summary>Adds a name; true when the size is reached.</summary>
    public bool Add(string name)
    {
        if (!_names.Add(name)) return false;
        _unmeasured += name.Length;
        // A literal costs 9 bits at most (RFC 1951, section 3.2.6), so fewer characters than these cannot have reached it.
        if (_size + (_unmeasured * 9 / 8) + 8 < floor) return false;
        (_size, _unmeasured) = (Measure(), 0);
        return _size >= floor;
    }

    private int Measure()
    {
        using var output = new MemoryStream();
        using (var deflate = new ZLibStream(output, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var name in _names) deflate.Write(Encoding.Latin1.GetBytes(name));
        }

        return (int)output.Length;
    }
}
