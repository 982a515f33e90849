namespace DnsTunnel.PowerShell.Tests;

public sealed class AboutTopicTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly string _text = string.Concat(fixture.Session.Run("Get-Help -Name about_DnsTunnel"));

    [Fact]
    public void It_is_found() => Assert.StartsWith("TOPIC", _text);

    [Fact]
    public void It_names_every_command() => Assert.All(ModuleCommands.Names, name => Assert.Contains(name, _text));

    [Fact]
    public void It_fits_80_columns() => Assert.All(_text.Split('\n'), line => Assert.True(line.TrimEnd().Length < 80, line));
}
