using DnsTunnel.Response;
using DnsTunnel.Response.Hosts;

namespace DnsTunnel.Tests.Response;

/// <summary>Isolates with rules that let everything through.</summary>
internal sealed class IneffectiveProvider : IResponseProvider
{
    private readonly IsolationOptions _options = new();

    public string Name => NftProvider.ProviderName;

    public string? Path => null;

    public ResponsePlan Plan(ResponseRequest request) =>
        new([NftScripts.Step(request.Id, NftRules.Isolation(request.Id, _options).Replace("policy drop", "policy accept"))])
        {
            Check = _ => PacketProbe.Check(_options, isPin: false),
        };
}
