namespace DnsTunnel.Evidence;

/// <summary>What the source as a whole tells, for all findings at once.</summary>
/// <param name="Windows">The volumes of each interval.</param>
/// <param name="Answers">Which domains were answered with which addresses.</param>
/// <param name="Connections">Traffic other than DNS.</param>
/// <param name="Paths">As the user gave them; none when queries came as objects.</param>
/// <param name="IsLiteral">Whether wildcard characters in them stand for themselves.</param>
internal sealed record EvidenceSource(IReadOnlyList<DomainVolume[]> Windows, AnswerTable Answers, ConnectionTally Connections, string[] Paths, bool IsLiteral);
