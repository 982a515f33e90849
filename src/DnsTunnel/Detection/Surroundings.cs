namespace DnsTunnel.Detection;

/// <summary>What is known of a domain besides its names.</summary>
/// <param name="Clients">That asked for as many names.</param>
/// <param name="Domains">Whose names were put together.</param>
/// <param name="Peers">Other domains that the client asked for as many names.</param>
internal readonly record struct Surroundings(int Clients, int Domains, int Peers);
