namespace DnsTunnel.Tools;

/// <summary>A tool that the names of a finding tell.</summary>
/// <param name="Trait">The one that tells it best.</param>
/// <param name="Names">How many names have that trait.</param>
/// <param name="Total">Of how many names.</param>
internal sealed record ToolSighting(ToolTrait Trait, double Names, double Total)
{
    public string Tool => Trait.Tool;
}
