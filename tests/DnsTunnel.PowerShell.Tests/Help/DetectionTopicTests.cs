namespace DnsTunnel.PowerShell.Tests;

public sealed class DetectionTopicTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly string _text = string.Concat(fixture.Session.Run("Get-Help -Name about_DnsTunnel_Detection"));

    [Fact]
    public void It_names_every_feature_of_a_finding()
    {
        var findings = fixture.Session.Run("param($Path) Test-DnsTunneling -Path $Path -All", ("Path", Repository.Path("examples/captures")));
        var features = findings.SelectMany(finding => fixture.Session.Run("param($Finding) $Finding.Features.Keys", ("Finding", finding)))
            .Select(key => (string)key.BaseObject).Distinct().ToArray();

        Assert.NotEmpty(features);
        Assert.All(features, feature => Assert.Contains(feature, _text));
    }

    [Fact]
    public void It_fits_80_columns() => Assert.All(_text.Split('\n'), line => Assert.True(line.TrimEnd().Length < 80, line));
}
