using System.Management.Automation.Language;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>The examples of every exported cmdlet can be typed as they stand.</summary>
public sealed class HelpExampleTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    public static TheoryData<string> Commands => ModuleCommands.Cases;

    [Theory, MemberData(nameof(Commands))]
    public void There_are_two_and_each_says_what_one_sees(string name)
    {
        var examples = new CommandHelp(fixture.Session, name).Examples;

        Assert.True(examples.Length >= 2);
        Assert.All(examples, example =>
        {
            Assert.Matches(@"^-*\s*Example \d+: \S", CommandHelp.Member(example, "title"));
            Assert.Contains(name, CommandHelp.Member(example, "code"));
            Assert.NotEmpty(CommandHelp.Text(example, "remarks"));
        });
    }

    [Theory, MemberData(nameof(Commands))]
    public void They_parse_and_use_only_what_exists(string name)
    {
        foreach (var example in new CommandHelp(fixture.Session, name).Examples)
        {
            var code = CommandHelp.Member(example, "code");
            var script = Parser.ParseInput(code, out _, out var errors);
            Assert.Empty(errors);
            Assert.All(script.FindAll(node => node is CommandAst, searchNestedScriptBlocks: true).Cast<CommandAst>(), Check);
        }
    }

    private void Check(CommandAst command)
    {
        var name = command.GetCommandName();
        if (!name.Contains("-Dns", StringComparison.Ordinal)) return;

        Assert.Contains(name, ModuleCommands.Names);
        var known = new CommandHelp(fixture.Session, name).Command.Parameters.Keys;
        Assert.All(command.CommandElements.OfType<CommandParameterAst>(), parameter => Assert.Contains(parameter.ParameterName, known));
    }
}
