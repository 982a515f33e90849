using DnsTunnel.Tools;

namespace DnsTunnel.Detection;

/// <summary>What a finding's sentences are made of.</summary>
/// <param name="Verdict">On the strongest window.</param>
/// <param name="Volumes">That the strongest window touches.</param>
/// <param name="Domains">Whose names were put together.</param>
/// <param name="Tool">That the names tell; null for none.</param>
internal sealed record FindingFacts(Verdict Verdict, DomainVolume[] Volumes, string[] Domains, ToolSighting? Tool);
