using DnsTunnel.Generators.Wire;

namespace DnsTunnel.Generators.Traffic;

/// <summary>A question on its way: when (seconds from the start of the capture), who asked whom, and how long the answer took.</summary>
internal readonly record struct Exchange(
    double Time, Question Question, uint Client, uint Server, ushort ClientPort, ushort ServerPort, ushort Id, ushort EdnsSize, double Delay);
