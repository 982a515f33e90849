namespace DnsTunnel.PowerShell.Tests;

public sealed class ResponseTopicTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly string _text = string.Concat(fixture.Session.Run("Get-Help -Name about_DnsTunnel_Response"));

    [Fact]
    public void It_names_every_action_and_every_provider_in_the_order_in_which_they_are_tried()
    {
        Assert.All(fixture.Session.Run("[Enum]::GetNames([DnsTunnel.DnsTunnelAction])").Select(name => $"{name}"), name => Assert.Contains($"    {name} ", _text));
        var places = fixture.Session.Complete("Invoke-DnsTunnelResponse -Provider ")
            .Select(provider => _text.ReplaceLineEndings("\n").IndexOf($"\n    {provider.CompletionText}\n", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(places);
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void It_fits_80_columns() => Assert.All(_text.Split('\n'), line => Assert.True(line.TrimEnd().Length < 80, line));
}
