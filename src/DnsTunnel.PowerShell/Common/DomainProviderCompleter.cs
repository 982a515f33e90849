using System.Collections;
using DnsTunnel.Response.Domains;

namespace DnsTunnel.PowerShell;

/// <summary>Completes the ways to block a domain, by name or description.</summary>
public sealed class DomainProviderCompleter : ChoiceCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound) =>
        DomainProvider.All.Select(p => (p.Name, p.Description));
}
