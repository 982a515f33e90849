using System.Runtime.CompilerServices;

namespace DnsTunnel.Detection;

/// <summary>The measured properties of a window, by <see cref="TunnelFeatureKind"/>.</summary>
[InlineArray(Count)]
internal struct FeatureVector
{
    public const int Count = (int)TunnelFeatureKind.PeerCount + 1;

    private double _first;

    /// <summary>Measures a window.</summary>
    /// <param name="window">Its names.</param>
    /// <param name="around">What is known besides.</param>
    public static FeatureVector Of(in NameWindow window, in Surroundings around)
    {
        var sums = window.Sums;
        var names = Math.Max(1, sums.Names);
        var messages = Math.Max(1, sums.Messages);
        var vector = default(FeatureVector);
        vector[(int)TunnelFeatureKind.InformationBytes] = sums.UnlikelyBits / 8;
        vector[(int)TunnelFeatureKind.UniqueNames] = sums.Messages;
        vector[(int)TunnelFeatureKind.BitsPerName] = sums.UnlikelyBits / names;
        vector[(int)TunnelFeatureKind.AnswerBytes] = sums.AnswerBytes;
        vector[(int)TunnelFeatureKind.CarrierTypeShare] = sums.Carriers / names;
        vector[(int)TunnelFeatureKind.ReusedShare] = sums.Reused / messages;
        vector[(int)TunnelFeatureKind.ParentsPerName] = sums.Parents / names;
        vector[(int)TunnelFeatureKind.RandomShare] = sums.Random / names;
        vector[(int)TunnelFeatureKind.GuessedShare] = sums.Guessed / names;
        vector[(int)TunnelFeatureKind.VisitedShare] = sums.Visited / names;
        vector[(int)TunnelFeatureKind.ServiceShare] = sums.Services / names;
        vector[(int)TunnelFeatureKind.TimescaleHours] = Timescales.All[window.Scale].TotalHours;
        vector[(int)TunnelFeatureKind.ClientCount] = around.Clients;
        vector[(int)TunnelFeatureKind.DomainCount] = around.Domains;
        vector[(int)TunnelFeatureKind.PeerCount] = around.Peers;
        return vector;
    }
}
