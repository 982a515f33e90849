using DnsTunnel.Detection;
using DnsTunnel.Models;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace DnsTunnel.Training;

/// <summary>
/// Fits a <see cref="TunnelModel"/> by logistic regression (L-BFGS) over the ramps between the knots of <see cref="FeatureShape"/>. No
/// weight may be negative, so each function rises or falls as its feature's nature is.
/// </summary>
internal static class ModelTrainer
{
    private const float Regularization = 1f;

    /// <summary>
    /// Tunnels are rarer in networks than in training sets: a correction of the constant in log-odds (King and Zeng, "Logistic
    /// Regression in Rare Events Data", 2001). The tunnels that are trained on have evidence to spare.
    /// </summary>
    private const double RarityCorrection = -2;

    /// <summary>
    /// What each e-fold of bytes beyond the first 256 adds to what was learned. Names that ordinary domains are asked for are the fewer
    /// the more they carry (they follow Zipf's law: Born and Gustafson, 2010), those of tunnels are not; a training set, whose tunnels
    /// are found with little, has no cause to learn it.
    /// </summary>
    private const double VolumeSlope = 0.6;
    private const double VolumeFrom = 256;

    /// <summary>
    /// What each doubling of answer bytes beyond the first knot adds: a training set, in which tunnels have names that tell
    /// them, has no cause to learn that hosts hardly get kilobytes of new data from names of one domain.
    /// </summary>
    private const double AnswerSlope = 1.0;

    /// <summary>
    /// Programs that visit or guess hosts by the thousand, and mail servers with as many senders, are fewer in a training set than in
    /// networks, and tunnels whose names are words more. So what is known of such programs weighs no less than this.
    /// </summary>
    private const double LeastAgainstOrdinary = -2;
    private const double LeastAgainstPeers = -2;

    /// <summary>Payloads over several domains are few in a training set, and so are domains that are alike by chance: this is not learned.</summary>
    private const double AgainstSiblings = -0.5;

    /// <summary>The trainer holds its own constant to be positive too; that of a rare thing is negative.</summary>
    private const float Constant = -10;

    /// <summary>The same rows give the same model.</summary>
    public static TunnelModel Fit(IReadOnlyCollection<TrainingRow> rows, ModelTraining training)
    {
        var context = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, FeatureShape.ColumnCount + 1);
        var examples = rows.Select(r => new Example { Features = [Constant, .. FeatureShape.Columns(r.Features)], Label = r.IsTunnel, Weight = r.Weight }).ToList();
        var data = context.Data.LoadFromEnumerable(examples, schema);
        var trainer = context.BinaryClassification.Trainers.LbfgsLogisticRegression(new LbfgsLogisticRegressionBinaryTrainer.Options
        {
            LabelColumnName = nameof(Example.Label),
            FeatureColumnName = nameof(Example.Features),
            ExampleWeightColumnName = nameof(Example.Weight),
            EnforceNonNegativity = true,
            L1Regularization = 0,
            L2Regularization = Regularization,
            OptimizationTolerance = 1e-8f,
            MaximumNumberOfIterations = 2000,
            NumberOfThreads = 1,
        });
        var fitted = trainer.Fit(data).Model.SubModel;
        return Build(RarityCorrection + fitted.Bias + (Constant * fitted.Weights[0]), [.. fitted.Weights.Skip(1)], training);
    }

    private static TunnelModel Build(double bias, IReadOnlyList<float> weights, ModelTraining training)
    {
        var shapes = new List<ShapeFunction>();
        var column = 0;
        foreach (var shape in FeatureShape.All)
        {
            var contributions = new double[shape.Knots.Length];
            for (var i = 1; i < contributions.Length; i++) contributions[i] = contributions[i - 1] + (shape.Sign * weights[column++]);
            if (shape.Feature == TunnelFeatureKind.InformationBytes) AddVolume(shape.Knots, contributions);
            if (shape.Feature == TunnelFeatureKind.AnswerBytes) contributions = Array.ConvertAll(shape.Knots, b => AnswerSlope * Math.Log2(b / shape.Knots[0]));
            if (shape.Feature is TunnelFeatureKind.VisitedShare or TunnelFeatureKind.GuessedShare or TunnelFeatureKind.ServiceShare) contributions = AtLeast(LeastAgainstOrdinary, shape.Knots, contributions);
            if (shape.Feature == TunnelFeatureKind.PeerCount) contributions = AtLeast(LeastAgainstPeers, shape.Knots, contributions);
            if (shape.Feature == TunnelFeatureKind.DomainCount) contributions = [0, .. Enumerable.Repeat(AgainstSiblings, shape.Knots.Length - 1)];
            shapes.Add(new ShapeFunction(shape.Feature, shape.Knots, contributions));
        }

        return new TunnelModel(bias, shapes, training);
    }

    private static void AddVolume(double[] bytes, double[] contributions)
    {
        for (var i = 0; i < bytes.Length; i++) contributions[i] += VolumeSlope * Math.Max(0, Math.Log((1 + bytes[i]) / (1 + VolumeFrom)));
    }

    /// <summary>Lowers contributions to those of a straight line that ends at the last knot.</summary>
    private static double[] AtLeast(double last, double[] knots, double[] contributions) =>
        [.. contributions.Zip(knots, (c, knot) => Math.Min(c, last * ShapeFunction.Share(knot, knots[0], knots[^1])))];

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }

        public float Weight { get; set; }
    }
}
