using DnsTunnel.Detection;

namespace DnsTunnel.Models;

/// <summary>
/// A generalized additive model (Hastie and Tibshirani, 1990): the log-odds that a window holds a tunnel are a constant and a function
/// of each feature, so that each feature's share in a verdict is a number of its own.
/// </summary>
internal sealed class TunnelModel
{
    private const string FileName = "model.json";

    // PublicationOnly: a failure is not kept, so that the session goes on once the file is back.
    private static readonly Lazy<TunnelModel> s_default = new(() => ModelFile.Read(DataFile.PathOf(FileName)), LazyThreadSafetyMode.PublicationOnly);

    private readonly ShapeFunction[] _shapes;

    /// <param name="intercept">In log-odds (natural logarithm).</param>
    /// <param name="shapes">At most one a feature.</param>
    /// <param name="training">What it was made from.</param>
    public TunnelModel(double intercept, IReadOnlyList<ShapeFunction> shapes, ModelTraining training)
    {
        (Intercept, Training) = (intercept, training);
        _shapes = [.. shapes];
    }

    /// <summary>The one that comes with the module, loaded at first use.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is broken.</exception>
    public static TunnelModel Default => s_default.Value;

    public double Intercept { get; }

    public IReadOnlyList<ShapeFunction> Shapes => _shapes;

    public ModelTraining Training { get; }

    /// <summary>The probability in per cent, to one decimal.</summary>
    public static double ScoreOf(double logOdds) => Math.Round(100 / (1 + Math.Exp(-logOdds)), 1);

    /// <summary>Natural logarithm of the odds that this is a tunnel.</summary>
    public double LogOdds(in FeatureVector features)
    {
        var sum = Intercept;
        foreach (var shape in _shapes) sum += shape.At(features[(int)shape.Feature]);
        return sum;
    }

    /// <summary>Each feature's share.</summary>
    public TunnelFeature[] Explain(FeatureVector features) =>
        [.. _shapes.Select(s => new TunnelFeature(s.Feature, features[(int)s.Feature], s.At(features[(int)s.Feature])))];

    public ShapeFunction? ShapeOf(TunnelFeatureKind feature) => Array.Find(_shapes, s => s.Feature == feature);
}
