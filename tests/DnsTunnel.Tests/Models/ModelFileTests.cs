using System.Text;
using DnsTunnel.Detection;
using DnsTunnel.Models;

namespace DnsTunnel.Tests.Models;

public sealed class ModelFileTests
{
    [Fact]
    public void What_is_written_is_read_and_written_again_alike()
    {
        var bytes = ModelFile.Write(TunnelModel.Default);
        var read = ModelFile.Parse(bytes);
        Assert.Equal(bytes, ModelFile.Write(read));
        Assert.Equal(TunnelModel.Default.Intercept, read.Intercept);
        Assert.Equal(TunnelModel.Default.Training.Sources, read.Training.Sources);
    }

    [Fact]
    public void The_one_that_is_shipped_names_all_that_it_was_trained_on()
    {
        var training = TunnelModel.Default.Training;
        Assert.True(training.Windows > training.Sources.Count && training.Sources.Count > 100);
        Assert.Equal(["Benign", "Tunnel"], training.Sources.Select(s => s.Label).Distinct().Order());
        Assert.All(training.Sources, s => Assert.Matches("^[0-9A-F]{64}$", s.Sha256));
        Assert.All(training.Sources, s => Assert.Equal(Path.GetFileName(s.Path), s.Path));
    }

    [Theory]
    [InlineData("", "no JSON")]
    [InlineData("no model", "no JSON")]
    [InlineData("""{"format": "DnsTunnel model", "version": 1, """, "no JSON")]
    [InlineData("null", "its format is not")]
    [InlineData("[]", "no JSON")]
    [InlineData("{}", "its format is not")]
    [InlineData("""{"format": "onnx", "version": 1}""", "its format is not")]
    [InlineData("""{"format": "DnsTunnel model", "version": 2}""", "version 2; this module reads version 1")]
    [InlineData("""{"format": "DnsTunnel model", "version": 1, "intercept": NaN}""", "no JSON")]
    [InlineData("""{"format": "DnsTunnel model", "version": 1, "intercept": 1e999}""", "intercept")]
    [InlineData("""{"format": "DnsTunnel model", "version": 1, "intercept": "0"}""", "intercept")]
    [InlineData("""{"format": "DnsTunnel model", "version": 1, "features": []}""", "no features")]
    public void What_is_no_model_is_refused(string text, string problem) => AssertRefused(Encoding.UTF8.GetBytes(text), problem);

    [Theory]
    [InlineData("""{"name": "Entropy", "values": [1], "contributions": [1]}""", "does not measure its feature 'Entropy'")]
    [InlineData("""{"name": "uniquenames", "values": [1], "contributions": [1]}""", "does not measure")]
    [InlineData("""{"name": "1", "values": [1], "contributions": [1]}""", "does not measure its feature '1'")]
    [InlineData("""{"name": "\u001b[31mred", "values": [1], "contributions": [1]}""", @"'\u001B[31mred'")]
    [InlineData("""{"values": [1], "contributions": [1]}""", "does not measure its feature ''")]
    [InlineData("""{"name": "UniqueNames"}""", "0 values and 0 contributions")]
    [InlineData("""{"name": "UniqueNames", "values": [1, 2], "contributions": [1]}""", "2 values and 1 contributions")]
    [InlineData("""{"name": "UniqueNames", "values": [2, 1], "contributions": [1, 2]}""", "do not rise")]
    [InlineData("""{"name": "UniqueNames", "values": [1, 1], "contributions": [1, 2]}""", "do not rise")]
    [InlineData("""{"name": "UniqueNames", "values": [1e999], "contributions": [1]}""", "no number")]
    [InlineData("""{"name": "UniqueNames", "values": [1], "contributions": [-1e999]}""", "no number")]
    [InlineData("""{"name": "UniqueNames", "values": [1], "contributions": [1]}, {"name": "UniqueNames", "values": [1], "contributions": [1]}""", "twice")]
    public void A_feature_that_is_wrong_is_named(string features, string problem) => AssertRefused(
        Encoding.UTF8.GetBytes($$"""{"format": "DnsTunnel model", "version": 1, "intercept": -1, "features": [{{features}}]}"""), problem);

    [Fact]
    public void A_function_of_too_many_points_is_refused()
    {
        var values = string.Join(',', Enumerable.Range(0, 1025));
        AssertRefused(Encoding.UTF8.GetBytes($$"""{"format": "DnsTunnel model", "version": 1, "features": [{"name": "UniqueNames", "values": [{{values}}], "contributions": [{{values}}]}]}"""), "1025 values");
    }

    [Fact]
    public void A_file_that_is_too_large_is_not_read()
    {
        using var folder = new Response.TemporaryFolder();
        var path = folder.File("large.json");
        using (var file = File.Create(path)) file.SetLength((4 << 20) + 1);
        Assert.Contains("too large", Assert.Throws<InvalidDataException>(() => ModelFile.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_byte_of_a_model_may_be_lost_and_nothing_but_its_error_comes()
    {
        var whole = ModelFile.Write(Small());
        var random = new Random(5);
        for (var i = 0; i < 2000; i++)
        {
            var broken = whole.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) broken[random.Next(broken.Length)] = (byte)random.Next(256);
            try
            {
                Assert.NotEmpty(ModelFile.Parse(broken.AsSpan(0, random.Next(2) == 0 ? broken.Length : random.Next(broken.Length))).Shapes);
            }
            catch (InvalidDataException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    private static TunnelModel Small() => new(-1, [new ShapeFunction(TunnelFeatureKind.UniqueNames, [1, 10], [0, 2])], new ModelTraining());

    private static void AssertRefused(byte[] json, string problem) =>
        Assert.Contains(problem, Assert.Throws<InvalidDataException>(() => ModelFile.Parse(json)).Message, StringComparison.Ordinal);
}
