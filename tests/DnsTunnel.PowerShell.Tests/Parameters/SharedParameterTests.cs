using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A parameter of several cmdlets is the same in each: type, aliases, validation, completion and default.</summary>
public sealed class SharedParameterTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    /// <summary>Names that mean different things, or one thing and a list of them.</summary>
    private static readonly HashSet<string> s_homonyms = ["Domain", "ExpiresAfter", "Format", "Id", "InputObject", "Name", "Path"];

    /// <summary>What a registered monitor needs and one that is started does not.</summary>
    private static readonly HashSet<string> s_ownDefaults = ["Last", "Duration", "Path"];

    [Fact]
    public void It_is_declared_alike() => Assert.All(Shared(), group =>
    {
        // An exception that comes with the module has no file, and comes through the pipeline like others.
        var declared = group.Where(p => p.Parameter.Name != "ExceptionPath" || !p.Command.Name.EndsWith("Exception", StringComparison.Ordinal)).Select(p => (p.Command.Name, Signature(p.Parameter))).ToList();
        Assert.All(declared, d => Assert.Equal(declared[0].Item2, d.Item2));
    });

    [Fact]
    public void Its_default_is_the_same() => Assert.All(Shared().Where(g => !s_ownDefaults.Contains(g.Key)), group =>
    {
        var defaults = group.Select(p => $"{p.Command.Name}: {Default(p.Command, p.Parameter.Name)}").ToList();
        Assert.All(defaults, d => Assert.Equal(defaults[0].Split(": ")[1], d.Split(": ")[1]));
    });

    /// <summary>A scheduler starts what was registered, so it has to know every word of it.</summary>
    [Fact]
    public void A_monitor_that_is_started_takes_what_one_that_is_registered_takes()
    {
        string[] ofTheSchedule = ["Name", "Scope", "Scheduler", "Every", "Continuous", "Force"];
        var started = Parameters("Start-DnsTunnelMonitor").ToDictionary(p => p.Name, Signature);
        Assert.All(Parameters("Register-DnsTunnelMonitor").Where(p => !ofTheSchedule.Contains(p.Name)), p => Assert.Equal(started[p.Name], Signature(p)));
    }

    private IEnumerable<IGrouping<string, (CmdletInfo Command, ParameterMetadata Parameter)>> Shared() =>
        ModuleCommands.Names.Select(Command).SelectMany(c => Own(c).Select(p => (Command: c, Parameter: p)))
            .Where(p => !s_homonyms.Contains(p.Parameter.Name))
            .GroupBy(p => p.Parameter.Name)
            .Where(g => g.Count() > 1);

    private IEnumerable<ParameterMetadata> Parameters(string command) => Own(Command(command));

    private CmdletInfo Command(string name) => (CmdletInfo)Assert.Single(fixture.Session.Run("param($n) Get-Command $n", ("n", name))).BaseObject;

    private static IEnumerable<ParameterMetadata> Own(CmdletInfo command) =>
        command.Parameters.Values.Where(p => !Cmdlet.CommonParameters.Contains(p.Name) && !Cmdlet.OptionalCommonParameters.Contains(p.Name));

    private static string Signature(ParameterMetadata parameter) =>
        $"{parameter.ParameterType} {string.Join(',', parameter.Aliases)} {string.Join(' ', parameter.Attributes.Where(IsRule).Select(Rule).Order(StringComparer.Ordinal))}";

    private static bool IsRule(Attribute attribute) => attribute is ValidateArgumentsAttribute or ArgumentTransformationAttribute or ArgumentCompleterAttribute or SupportsWildcardsAttribute;

    private static string Rule(Attribute attribute) =>
        $"{attribute.GetType().Name}({string.Join(',', attribute.GetType().GetProperties().Where(p => p.Name != "TypeId").Select(p => $"{p.Name}={p.GetValue(attribute)}"))})";

    private static string Default(CmdletInfo command, string parameter)
    {
        using var cmdlet = (IDisposable)Activator.CreateInstance(command.ImplementingType)!;
        var value = command.ImplementingType.GetProperty(parameter)!.GetValue(cmdlet);
        return value is System.Collections.IEnumerable and not string ? string.Join(',', ((System.Collections.IEnumerable)value).Cast<object>()) : $"{value}";
    }
}
