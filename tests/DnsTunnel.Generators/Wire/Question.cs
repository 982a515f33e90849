namespace DnsTunnel.Generators.Wire;

/// <summary>
/// A question with its answer. The name is text with dots between labels; each character is one byte of the wire,
/// its low eight bits, so that a dot inside a label is U+012E.
/// </summary>
internal sealed record Question(string Name, ushort Type, Reply Reply);
