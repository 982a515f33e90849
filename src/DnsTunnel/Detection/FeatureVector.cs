using System.Runtime.CompilerServices;

namespace DnsTunnel.Detection;

/// <summary>The measured properties of a window, by <see cref="TunnelFeatureKind"/>.</summary>
[InlineArray(Count)]
internal struct FeatureVector
{
    public const int Count = (int)TunnelFeatureKind.DomainCount + 1;

    private double _first;

    /// <summary>Measures a window.</summary>
    /// <param name="window">Its names.</param>
    /// <param name="clients">Clients that asked the domain.</param>
    /// <param name="domains">Domains whose names were put together.</param>
    public static FeatureVector Of(in NameWindow window, int clients, int domains)
    {
        var sums = window.Sums;
        var names = Math.Max(1, sums.Names);
        var vector = default(FeatureVector);
        vector[(int)TunnelFeatureKind.InformationBytes] = sums.Bits / 8;
        vector[(int)TunnelFeatureKind.UniqueNames] = sums.Names;
        vector[(int)TunnelFeatureKind.BitsPerName] = sums.Bits / names;
        vector[(int)TunnelFeatureKind.CarrierTypeShare] = sums.Carriers / names;
        vector[(int)TunnelFeatureKind.ReusedShare] = sums.Reused / names;
        vector[(int)TunnelFeatureKind.ParentsPerName] = sums.Parents / names;
        vector[(int)TunnelFeatureKind.RandomShare] = sums.Random / names;
        vector[(int)TunnelFeatureKind.GuessedShare] = sums.Guessed / names;
        vector[(int)TunnelFeatureKind.TimescaleHours] = Timescales.All[window.Scale].TotalHours;
        vector[(int)TunnelFeatureKind.ClientCount] = clients;
        vector[(int)TunnelFeatureKind.DomainCount] = domains;
        return vector;
    }
}
