using DnsTunnel.Models;
using DnsTunnel.Volume;

namespace DnsTunnel.Measurement;

/// <summary>What rules may need to know of their replay.</summary>
/// <param name="Clients">Whom the numbers of clients stand for.</param>
/// <param name="DomainOf">The number of a registered domain.</param>
/// <param name="Model">Of the detector of this project.</param>
/// <param name="Threshold">The score from which on the detector of this project finds a tunnel.</param>
/// <param name="Cancellation">Ends the work.</param>
internal sealed record RuleContext(ClientTable Clients, Func<string, int> DomainOf, TunnelModel Model, double Threshold, CancellationToken Cancellation);
