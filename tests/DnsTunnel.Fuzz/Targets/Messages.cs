using DnsTunnel.Names;
using DnsTunnel.Wire;

namespace DnsTunnel.Fuzz.Targets;

/// <summary>One DNS message, and the text of all its answers.</summary>
internal static class Messages
{
    public static long Read(byte[] bytes)
    {
        Span<byte> name = stackalloc byte[DnsName.MaxWireLength];
        if (DnsMessage.TryRead(bytes, name, out var message) != DnsReadStatus.Ok) return 0;
        var texts = 1L;
        if (message.QuestionCount > 0 && DnsName.ToText(message.QuestionName).Any(c => c is < '!' or > '~')) throw new InvalidOperationException("The name is not printable ASCII.");
        var answers = message.Answers;
        for (; answers.TryRead(out var record); texts++)
        {
            if (record.DataText.Any(char.IsControl)) throw new InvalidOperationException("An answer holds control characters.");
        }

        // A message was checked whole, so its answers are all there.
        if (texts != message.AnswerCount + 1) throw new InvalidOperationException("An answer is missing.");
        return texts;
    }
}
