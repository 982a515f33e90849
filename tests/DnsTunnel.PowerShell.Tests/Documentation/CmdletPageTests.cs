namespace DnsTunnel.PowerShell.Tests;

/// <summary>The pages of docs/cmdlets are what tests/tools/make-docs.ps1 makes of the help now.</summary>
public sealed class CmdletPageTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    [Fact]
    public void They_are_of_the_help_as_it_is()
    {
        var made = Directory.CreateTempSubdirectory();
        try
        {
            fixture.Session.Run("param($Script, $Folder) & $Script -Destination $Folder", ("Script", Repository.Path("tests/tools/make-docs.ps1")), ("Folder", made.FullName));
            Assert.Equal(Pages(made.FullName), Pages(Repository.Path("docs/cmdlets")));
        }
        finally
        {
            made.Delete(recursive: true);
        }
    }

    private static IEnumerable<(string Name, string Text)> Pages(string folder) =>
        Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllText(file).ReplaceLineEndings("\n")));
}
