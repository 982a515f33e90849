using System.Security.Cryptography;

namespace DnsTunnel.Response.Journal;

/// <summary>What the journal held when it was read.</summary>
internal sealed class JournalContent
{
    // What writing puts at the start of every line, so that a file of another kind is never appended to.
    private static readonly byte[] s_start = "{\"v\":"u8.ToArray();

    private readonly Dictionary<string, int> _indexes = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<DnsTunnelResponse> _responses = [];

    /// <summary>The responses in the order they were begun, each in its last state.</summary>
    public IReadOnlyList<DnsTunnelResponse> Responses => _responses;

    /// <summary>Lines that could not be read: what a process was writing when it was killed.</summary>
    public List<int> BrokenLines { get; } = [];

    /// <summary>Lines that do not follow the one before them: the journal was changed by something else than this module.</summary>
    public List<int> ForeignLines { get; } = [];

    /// <summary>The hash of the last line that could be read; what the next one has to name.</summary>
    public string LastHash { get; private set; } = "";

    /// <summary>Whether the last line is whole.</summary>
    public bool EndsWithNewline { get; private init; } = true;

    /// <summary>Bytes by which a journal is known; one that is shorter holds nothing.</summary>
    public static int StartLength => s_start.Length;

    /// <summary>The response of an id, or null.</summary>
    public DnsTunnelResponse? Find(string id) => _indexes.TryGetValue(id, out var index) ? _responses[index] : null;

    /// <summary>Puts a state in, as if it had been read last.</summary>
    public void Set(DnsTunnelResponse response)
    {
        if (_indexes.TryAdd(response.Id, _responses.Count)) _responses.Add(response);
        else _responses[_indexes[response.Id]] = response;
    }

    /// <summary>Takes a line, without its end, as the last one.</summary>
    public void Follow(ReadOnlySpan<byte> line) => LastHash = Convert.ToHexString(SHA256.HashData(line));

    /// <exception cref="ResponseException">It is a file of another kind.</exception>
    public static JournalContent Parse(ReadOnlySpan<byte> text, string path)
    {
        var common = Math.Min(text.Length, s_start.Length);
        if (!text[..common].SequenceEqual(s_start.AsSpan(0, common)))
            throw new ResponseException(ResponseError.JournalNotReadable, $"'{path}' is not a journal of this module.");

        var content = new JournalContent { EndsWithNewline = text.IsEmpty || text[^1] == (byte)'\n' };
        for (var line = 1; !text.IsEmpty; line++)
        {
            var end = text.IndexOf((byte)'\n');
            var bytes = end < 0 ? text : text[..end];
            var entry = JournalJson.Read(bytes);
            if (entry is null || !IsPrintable(entry.Id) || !IsPrintable(entry.Target))
            {
                content.BrokenLines.Add(line);
            }
            else
            {
                if (entry.Previous != content.LastHash) content.ForeignLines.Add(line);
                content.Follow(bytes);
                content.Set(entry.ToResponse(path));
            }
            text = end < 0 ? [] : text[(end + 1)..];
        }
        return content;
    }

    private static bool IsPrintable(string text) => text.Length > 0 && text.All(c => c is >= ' ' and <= '~');
}
