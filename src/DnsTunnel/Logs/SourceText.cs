using System.Text;
using DnsTunnel.Sources;

namespace DnsTunnel.Logs;

/// <summary>
/// The bytes of a log as UTF-8. Windows PowerShell writes files in UTF-16, with a byte order mark (Out-File, and so >).
/// </summary>
internal sealed class SourceText : ForwardStream
{
    private readonly ByteSource _source;

    private SourceText(ByteSource source) => _source = source;

    /// <summary>The source itself, unless it is UTF-16.</summary>
    public static ByteSource Open(ByteSource source)
    {
        source.TryPeek(sizeof(char), out var mark);
        Encoding? encoding = mark switch
        {
            [0xff, 0xfe] => Encoding.Unicode,
            [0xfe, 0xff] => Encoding.BigEndianUnicode,
            _ => null,
        };
        return encoding is null ? source : new ByteSource(Encoding.CreateTranscodingStream(new SourceText(source), encoding, Encoding.UTF8));
    }

    public override int Read(Span<byte> buffer)
    {
        if (!_source.TryPeek(1, out _)) return 0;
        var available = _source.Available[..Math.Min(buffer.Length, _source.Available.Length)];
        available.CopyTo(buffer);
        _source.Skip(available.Length);
        return available.Length;
    }
}
