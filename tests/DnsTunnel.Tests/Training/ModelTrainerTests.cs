using DnsTunnel.Detection;
using DnsTunnel.Models;
using DnsTunnel.Training;

namespace DnsTunnel.Tests.Training;

public sealed class ModelTrainerTests
{
    private static readonly TrainingRow[] s_rows = Rows(new Random(3));
    private static readonly TunnelModel s_model = ModelTrainer.Fit(s_rows, new ModelTraining());

    public static TheoryData<string> Features => [.. FeatureShape.All.Select(s => s.Feature.ToString())];

    [Fact]
    public void Every_feature_has_a_function() =>
        Assert.Equal(Enum.GetValues<TunnelFeatureKind>(), s_model.Shapes.Select(s => s.Feature).Order());

    [Theory, MemberData(nameof(Features))]
    public void Each_function_goes_one_way_whatever_it_was_trained_on(string feature)
    {
        // Rows whose truth is turned round ask for the opposite of what is known of each feature.
        var turned = ModelTrainer.Fit([.. s_rows.Select(r => r with { IsTunnel = !r.IsTunnel })], new ModelTraining());
        var sign = FeatureShape.All.Single(s => s.Feature.ToString() == feature).Sign;
        foreach (var model in new[] { s_model, turned })
        {
            var contributions = model.ShapeOf(Enum.Parse<TunnelFeatureKind>(feature))!.Contributions.ToArray();
            Assert.Equal(0, contributions[0]);
            Assert.All(contributions.Zip(contributions.Skip(1)), pair => Assert.True(sign * (pair.Second - pair.First) >= 0, string.Join(' ', contributions)));
        }
    }

    [Fact]
    public void The_same_rows_give_the_same_bytes() =>
        Assert.Equal(ModelFile.Write(s_model), ModelFile.Write(ModelTrainer.Fit(Rows(new Random(3)), new ModelTraining())));

    [Fact]
    public void It_tells_what_it_was_trained_on_apart()
    {
        var tunnels = s_rows.Where(r => r.IsTunnel).Average(r => s_model.LogOdds(r.Features));
        var others = s_rows.Where(r => !r.IsTunnel).Average(r => s_model.LogOdds(r.Features));
        Assert.True(tunnels > 0 && others < -2, $"{tunnels} {others}");
    }

    [Fact]
    public void Bytes_add_even_where_the_rows_do_not_teach_it()
    {
        var rows = s_rows.Select(r =>
        {
            var features = r.Features;
            features[(int)TunnelFeatureKind.InformationBytes] = 500;
            return r with { Features = features };
        });
        var bytes = ModelTrainer.Fit([.. rows], new ModelTraining()).ShapeOf(TunnelFeatureKind.InformationBytes)!;
        Assert.True(bytes.At(16384) - bytes.At(256) > 2);
        Assert.Equal(bytes.At(64), bytes.At(256), 3);
    }

    /// <summary>Tunnels have many random names of one client, others few words of several.</summary>
    private static TrainingRow[] Rows(Random random) => [.. Enumerable.Range(0, 400).Select(i =>
    {
        var isTunnel = i % 4 == 0;
        var features = default(FeatureVector);
        var names = isTunnel ? random.Next(10, 500) : random.Next(4, 40);
        var bits = isTunnel ? random.Next(40, 200) : random.Next(10, 60);
        features[(int)TunnelFeatureKind.UniqueNames] = names;
        features[(int)TunnelFeatureKind.BitsPerName] = bits;
        features[(int)TunnelFeatureKind.InformationBytes] = names * bits / 8.0;
        features[(int)TunnelFeatureKind.RandomShare] = isTunnel ? 1 : random.NextDouble();
        features[(int)TunnelFeatureKind.ReusedShare] = isTunnel ? 0 : random.NextDouble();
        features[(int)TunnelFeatureKind.TimescaleHours] = Timescales.All[i % Timescales.All.Length].TotalHours;
        features[(int)TunnelFeatureKind.ClientCount] = isTunnel ? 1 : random.Next(1, 300);
        features[(int)TunnelFeatureKind.DomainCount] = 1;
        return new TrainingRow(features, isTunnel, 1, isTunnel ? "tool" : "other");
    })];
}
