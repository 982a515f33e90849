using DnsTunnel.Response.Files;

namespace DnsTunnel.Response.Journal;

/// <summary>The journal while this process alone holds it.</summary>
internal sealed class JournalSession(FileStream stream, JournalContent content, string path) : IDisposable
{
    private bool _isTorn = !content.EndsWithNewline;

    /// <summary>What it holds, with what was appended.</summary>
    public JournalContent Content => content;

    /// <summary>Appends a state and returns when it is on disk.</summary>
    /// <exception cref="ResponseException">It could not be written; the journal is as it was.</exception>
    public DnsTunnelResponse Append(DnsTunnelResponse response)
    {
        var entry = JournalJson.Write(JournalEntry.From(response, content.LastHash));
        var line = entry;
        // A line that a killed process left torn is closed first, or it would take the new one with it. What is too short to be
        // known as a journal goes: closed, it would make the file one of another kind.
        if (_isTorn) line = [(byte)'\n', .. line];
        var isNew = stream.Length == 0;
        var end = stream.Seek(0, SeekOrigin.End);
        try
        {
            if (_isTorn && stream.Length < JournalContent.StartLength)
            {
                stream.SetLength(0);
                line = line[1..];
            }
            stream.Write(line);
            stream.Flush(flushToDisk: true);
            if (isNew) UnixFile.FlushFolder(Path.GetDirectoryName(path)!);
        }
        catch (IOException exception)
        {
            Truncate(end);
            throw new ResponseException(ResponseError.JournalNotWritable, $"Cannot write the journal '{path}': {exception.Message}", exception);
        }
        _isTorn = false;
        response = response with { JournalPath = path };
        content.Follow(entry.AsSpan(0, entry.Length - 1));
        content.Set(response);
        return response;
    }

    public void Dispose() => stream.Dispose();

    private void Truncate(long length)
    {
        try
        {
            stream.SetLength(length);
        }
        catch (IOException)
        {
            // Then a torn line stays, which readers know how to take.
        }
    }
}
