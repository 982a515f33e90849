namespace DnsTunnel.Response.Hosts;

/// <summary>Isolates a Windows host, or pins its resolvers, with Windows Firewall.</summary>
internal sealed class FirewallProvider(IsolationOptions options) : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "WindowsFirewall";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Path => null;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var isPin = request.Action == DnsTunnelAction.PinResolver;
        var step = isPin ? FirewallScripts.Pin(request.Id, options) : FirewallScripts.Isolation(request.Id, options);
        return new([step])
        {
            Check = options.IsLocal ? _ => PacketProbe.Check(options, isPin) : null,
            Notes = IsolationNotes.For(options, isPin),
        };
    }
}
