using DnsTunnel.Detection;
using DnsTunnel.Models;

namespace DnsTunnel.Tests.Models;

public sealed class ShapeFunctionTests
{
    private static readonly ShapeFunction s_shape = new(TunnelFeatureKind.InformationBytes, [1, 3, 15], [-1, 0, 4]);

    [Theory]
    [InlineData(0, -1)]
    [InlineData(1, -1)]
    [InlineData(3, 0)]
    [InlineData(7, 2)] // ln 8 is half the way from ln 4 to ln 16
    [InlineData(15, 4)]
    [InlineData(1e9, 4)]
    public void It_is_straight_over_the_logarithm_and_level_outside(double value, double contribution) =>
        Assert.Equal(contribution, s_shape.At(value), 9);

    [Theory]
    [InlineData(2)]
    [InlineData(-0.5)]
    [InlineData(3.9)]
    public void The_value_for_a_contribution_is_that_at_which_it_is_reached(double contribution) =>
        Assert.Equal(contribution, s_shape.At(s_shape.ValueBelow(contribution)!.Value), 9);

    [Theory]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(4.1)]
    public void A_contribution_that_is_never_crossed_has_no_value(double contribution) => Assert.Null(s_shape.ValueBelow(contribution));

    [Fact]
    public void The_score_is_the_probability_of_the_sum()
    {
        var model = new TunnelModel(-1, [s_shape], new ModelTraining());
        var features = default(FeatureVector);
        features[(int)TunnelFeatureKind.InformationBytes] = 7;
        Assert.Equal(1, model.LogOdds(features), 9);
        Assert.Equal(73.1, TunnelModel.ScoreOf(model.LogOdds(features)));
        Assert.Equal((7.0, 2.0), model.Explain(features).Select(f => (f.Value, Math.Round(f.Contribution, 9))).Single());
    }
}
