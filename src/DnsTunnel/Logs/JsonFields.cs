using System.Text.Json;

namespace DnsTunnel.Logs;

/// <summary>
/// The values of a JSON object, each with its path: names joined by dots, arrays without their indexes. So {"dns":{"id":1}} and
/// {"dns.id":1} are the same, as they are in Elasticsearch.
/// </summary>
internal ref struct JsonFields
{
    private const int MaxDepth = 32;
    private const int MaxPath = 256;

    private static readonly JsonReaderOptions s_options = new() { MaxDepth = MaxDepth };

    private readonly byte[] _scratch;
    private readonly Span<int> _lengths;
    private readonly Span<byte> _path;
    private Utf8JsonReader _reader;
    private int _pathLength;

    /// <summary>Bytes of the working space that a caller must give.</summary>
    public const int PathSpace = MaxPath;

    /// <inheritdoc cref="PathSpace"/>
    public const int DepthSpace = MaxDepth + 2;

    /// <param name="json">The object.</param>
    /// <param name="scratch">Room for unescaped values, as long as the object.</param>
    /// <param name="path">Room for paths; longer ones are cut.</param>
    /// <param name="lengths">Room for the depth.</param>
    public JsonFields(ReadOnlySpan<byte> json, byte[] scratch, Span<byte> path, Span<int> lengths)
    {
        _reader = new Utf8JsonReader(json, s_options);
        _scratch = scratch;
        _path = path;
        _lengths = lengths;
    }

    public readonly ReadOnlySpan<byte> Path => _path[.._pathLength];

    /// <summary>The text of a string, number, true or false.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Moves to the next value that is not null; false at the end.</summary>
    /// <exception cref="JsonException">It is no JSON, or too deep.</exception>
    /// <exception cref="InvalidOperationException">A string is no text (half of a surrogate pair).</exception>
    public bool Read()
    {
        while (_reader.Read())
        {
            switch (_reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    SetName(_lengths[_reader.CurrentDepth - 1], _reader.ValueIsEscaped ? Unescape() : _reader.ValueSpan);
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _lengths[_reader.CurrentDepth] = _pathLength;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _pathLength = _reader.CurrentDepth == 0 ? 0 : _lengths[_reader.CurrentDepth];
                    break;
                case JsonTokenType.String:
                    Value = _reader.ValueIsEscaped ? Unescape() : _reader.ValueSpan;
                    return true;
                case JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False:
                    Value = _reader.ValueSpan;
                    return true;
            }
        }
        return false;
    }

    private ReadOnlySpan<byte> Unescape() => _scratch.AsSpan(0, _reader.CopyString(_scratch));

    private void SetName(int parent, ReadOnlySpan<byte> name)
    {
        _pathLength = parent;
        if (parent > 0 && _pathLength < _path.Length) _path[_pathLength++] = (byte)'.';
        name = name[..Math.Min(name.Length, _path.Length - _pathLength)];
        name.CopyTo(_path[_pathLength..]);
        _pathLength += name.Length;
    }
}
