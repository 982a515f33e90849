using System.Text;

namespace DnsTunnel.Logs;

/// <summary>The names that a format has for fields. Where several mean the same, those named first have precedence.</summary>
internal sealed class LogFieldMap(params (string Name, LogField Field)[] fields)
{
    private readonly byte[][] _names = [.. fields.Select(f => Encoding.UTF8.GetBytes(f.Name))];
    private readonly string[] _plainNames = [.. fields.Select(f => Plain(f.Name))];

    /// <summary>The rank of a name, 0 the highest; -1 when it is none of them.</summary>
    public int Find(ReadOnlySpan<byte> name)
    {
        var names = _names;
        for (var i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i])) return i;
        }
        return -1;
    }

    /// <summary>Like <see cref="Find"/>, with letter case and the characters between words ignored.</summary>
    public int FindLoose(string name) => Array.IndexOf(_plainNames, Plain(name));

    public LogField this[int rank] => fields[rank].Field;

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
