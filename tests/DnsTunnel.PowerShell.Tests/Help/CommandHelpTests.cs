using System.Globalization;
using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>The help of every exported cmdlet says what its code says.</summary>
public sealed class CommandHelpTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    public static TheoryData<string> Commands => ModuleCommands.Cases;

    [Theory, MemberData(nameof(Commands))]
    public void Synopsis_and_description_are_written(string name)
    {
        var help = Help(name);

        // The synopsis that the engine generates where there is no help is the syntax.
        Assert.DoesNotContain(name, help.Synopsis);
        Assert.EndsWith(".", help.Synopsis.Trim());
        Assert.True(help.Description.Length > 2 * help.Synopsis.Length);
        Assert.NotEmpty(help.Notes);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Every_parameter_has_help_and_no_other_has(string name)
    {
        var help = Help(name);

        Assert.Equal(Own(help.Command).Select(p => p.Name).Order(), help.Parameters.Select(p => CommandHelp.Member(p, "name")).Order());
        Assert.All(help.Parameters, p => Assert.NotEmpty(CommandHelp.Text(p, "description")));
    }

    [Theory, MemberData(nameof(Commands))]
    public void Parameters_are_as_in_the_code(string name)
    {
        var help = Help(name);
        foreach (var parameter in Own(help.Command))
        {
            var said = help.Parameters.Single(p => CommandHelp.Member(p, "name") == parameter.Name);
            Assert.Equal(Facts(parameter), string.Join("; ", new[] { "name", "required", "position", "pipelineInput", "globbing", "aliases" }
                .Select(member => $"{member} {CommandHelp.Member(said, member)}").Append($"type {CommandHelp.Member(said, "type", "name")}")));
        }
    }

    [Theory, MemberData(nameof(Commands))]
    public void Default_values_are_those_of_a_new_cmdlet(string name)
    {
        var help = Help(name);
        var cmdlet = Activator.CreateInstance(help.Command.ImplementingType);
        foreach (var parameter in Own(help.Command))
        {
            var said = help.Parameters.Single(p => CommandHelp.Member(p, "name") == parameter.Name);
            var value = help.Command.ImplementingType.GetProperty(parameter.Name)?.GetValue(cmdlet);
            var expected = parameter.SwitchParameter ? "False" : IsMandatory(parameter) ? "None" : Printed(value);
            Assert.Equal($"{parameter.Name}: {expected}", $"{parameter.Name}: {CommandHelp.Member(said, "defaultValue")}");
        }
    }

    [Theory, MemberData(nameof(Commands))]
    public void Syntaxes_are_the_parameter_sets(string name)
    {
        var help = Help(name);
        var sets = help.Command.ParameterSets.Select(set => CommandHelp.Signature(set.Parameters
            .Where(p => !Cmdlet.CommonParameters.Contains(p.Name)).Select(p => (p.Name, p.IsMandatory, Position(p.Position)))));

        Assert.Equal(sets.Order(), help.Syntaxes.Order());
    }

    [Theory, MemberData(nameof(Commands))]
    public void Input_and_output_types_are_told(string name)
    {
        var help = Help(name);

        Assert.Equal(help.Command.OutputType.Select(type => type.Name).Order(), help.OutputTypes.Order());
        Assert.NotEmpty(help.InputTypes);
    }

    [Theory, MemberData(nameof(Commands))]
    public void Links_lead_somewhere(string name)
    {
        var links = Help(name).Links;

        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.Contains(link, ModuleCommands.Names.Concat(["about_DnsTunnel", "about_DnsTunnel_Detection", "about_DnsTunnel_Response"]).Except([name])));
    }

    private CommandHelp Help(string name) => new(fixture.Session, name);

    private static IEnumerable<ParameterMetadata> Own(CmdletInfo command) =>
        command.Parameters.Values.Where(p => !Cmdlet.CommonParameters.Contains(p.Name));

    private static bool IsMandatory(ParameterMetadata parameter) => parameter.ParameterSets.Values.All(set => set.IsMandatory);

    private static string Facts(ParameterMetadata parameter)
    {
        var sets = parameter.ParameterSets.Values;
        string[] pipeline =
        [
            .. sets.Any(set => set.ValueFromPipeline) ? ["ByValue"] : Array.Empty<string>(),
            .. sets.Any(set => set.ValueFromPipelineByPropertyName) ? ["ByPropertyName"] : Array.Empty<string>(),
        ];
        var globbing = parameter.Attributes.OfType<SupportsWildcardsAttribute>().Any();
        var aliases = parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases);
        return $"name {parameter.Name}; required {(IsMandatory(parameter) ? "true" : "false")}; "
            + $"position {Position(sets.Max(set => set.Position))}; "
            + $"pipelineInput {(pipeline.Length == 0 ? "False" : $"True ({string.Join(", ", pipeline)})")}; "
            + $"globbing {(globbing ? "true" : "false")}; aliases {aliases}; type {parameter.ParameterType.Name}";
    }

    private static string Position(int position) => position < 0 ? "named" : position.ToString(CultureInfo.InvariantCulture);

    private static string Printed(object? value) => value switch
    {
        null or "" => "None",
        Array { Length: 0 } => "None",
        Array array => string.Join(", ", array.Cast<object>().Select(Printed)),
        // Its text is in the language of the system.
        TimeZoneInfo zone => zone.Id,
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
