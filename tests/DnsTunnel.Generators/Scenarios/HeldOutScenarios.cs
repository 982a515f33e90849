using DnsTunnel.Generators.Benign;
using DnsTunnel.Generators.Tunnels;

namespace DnsTunnel.Generators.Scenarios;

/// <summary>Tools and ordinary traffic that no model is trained on: what is found of them says what to expect of the next one.</summary>
internal static class HeldOutScenarios
{
    private const double MorningSeconds = 9 * 3600;

    public static IEnumerable<Scenario> All => HeldOutMalware.All.Concat(HeldOutTools.All).SelectMany(Of).Concat(HeldOutNetworks.Classes.SelectMany(BenignScenarios.Of));

    private static IEnumerable<Scenario> Of(Encoder encoder)
    {
        var name = $"held-out/{encoder.Tool}{(encoder.Variant.Length > 0 ? "-" : "")}{encoder.Variant}";
        yield return TunnelScenario.Of(name, encoder);
        yield return TunnelScenario.Of(name + "-slow-mixed", encoder, run => run with { Slowness = 4, Start = MorningSeconds }, 24);
    }
}
