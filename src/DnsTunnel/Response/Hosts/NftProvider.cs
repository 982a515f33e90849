namespace DnsTunnel.Response.Hosts;

/// <summary>Isolates a Linux host, or pins its resolvers, with nftables.</summary>
internal sealed class NftProvider(IsolationOptions options) : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Nftables";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Path => null;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var isPin = request.Action == DnsTunnelAction.PinResolver;
        var rules = isPin ? NftRules.Pin(request.Id, options) : NftRules.Isolation(request.Id, options);
        return new([NftScripts.Step(request.Id, rules)])
        {
            Check = options.IsLocal ? _ => PacketProbe.Check(options, isPin) : null,
            Notes = IsolationNotes.For(options, isPin),
        };
    }
}
