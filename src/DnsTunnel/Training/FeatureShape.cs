using DnsTunnel.Detection;
using DnsTunnel.Models;

namespace DnsTunnel.Training;

/// <summary>
/// Where the function of a feature may bend, and which way it goes: more of what makes a tunnel never speaks against one. What is known
/// beforehand need not be learned from few captures, and a tunnel cannot be hidden by adding to it.
/// </summary>
/// <param name="Feature">Which.</param>
/// <param name="Sign">1 when more speaks for a tunnel, -1 when it speaks against.</param>
/// <param name="Knots">Measured values, rising.</param>
internal sealed record FeatureShape(TunnelFeatureKind Feature, int Sign, double[] Knots)
{
    public static readonly FeatureShape[] All =
    [
        new(TunnelFeatureKind.InformationBytes, 1, [16, 64, 256, 2048, 16384]),
        new(TunnelFeatureKind.UniqueNames, 1, [3, 12, 50, 400, 3000]),
        new(TunnelFeatureKind.BitsPerName, 1, [15, 30, 60, 120, 300]),
        new(TunnelFeatureKind.AnswerBytes, 1, [1024, 4096, 16384, 65536, 262144]),
        new(TunnelFeatureKind.CarrierTypeShare, 1, [0, 0.3, 0.7, 1]),
        new(TunnelFeatureKind.ReusedShare, -1, [0, 0.1, 0.3, 0.6, 1]),
        new(TunnelFeatureKind.ParentsPerName, 1, [0, 0.25, 0.5, 1, 2]),
        new(TunnelFeatureKind.RandomShare, 1, [0, 0.3, 0.7, 1]),
        new(TunnelFeatureKind.GuessedShare, -1, [0, 0.5, 1]),
        new(TunnelFeatureKind.VisitedShare, -1, [0, 0.5, 1]),
        new(TunnelFeatureKind.ServiceShare, -1, [0, 0.5, 1]),
        new(TunnelFeatureKind.TimescaleHours, -1, [1 / 30.0, 0.25, 1, 24, 168]),
        new(TunnelFeatureKind.ClientCount, -1, [1, 4, 32, 256]),
        new(TunnelFeatureKind.DomainCount, -1, [1, 4, 16]),
        new(TunnelFeatureKind.PeerCount, -1, [0, 2, 8]),
    ];

    /// <summary>Weights of all, one between two knots.</summary>
    public static int ColumnCount { get; } = All.Sum(s => s.Knots.Length - 1);

    /// <summary>How far a value is on its way from each knot to the next, 0 to 1.</summary>
    public static float[] Columns(FeatureVector features)
    {
        var columns = new float[ColumnCount];
        var column = 0;
        foreach (var shape in All)
        {
            var value = features[(int)shape.Feature];
            for (var i = 1; i < shape.Knots.Length; i++)
            {
                columns[column++] = (float)(shape.Sign * ShapeFunction.Share(value, shape.Knots[i - 1], shape.Knots[i]));
            }
        }

        return columns;
    }
}
