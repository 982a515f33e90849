using System.Management.Automation;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>What Get-Help -Full says of one command, beside what the engine knows of it.</summary>
internal sealed class CommandHelp
{
    private readonly PSObject _help;

    public CommandHelp(ModuleSession session, string name)
    {
        Command = (CmdletInfo)Assert.Single(session.Run("param($Name) Get-Command -Name $Name -Module DnsTunnel", ("Name", name))).BaseObject;
        _help = Assert.Single(session.Run("param($Name) Get-Help -Name $Name -Full", ("Name", name)));
    }

    public CmdletInfo Command { get; }

    public string Synopsis => Member(_help, "Synopsis");

    public string Description => Text(_help, "description");

    public string Notes => string.Concat(Items(_help, "alertSet", "alert").Select(item => Member(item, "Text")));

    public PSObject[] Parameters => Items(_help, "parameters", "parameter");

    public PSObject[] Examples => Items(_help, "examples", "example");

    public string[] OutputTypes => [.. Items(_help, "returnValues", "returnValue").Select(item => Member(item, "type", "name"))];

    public string[] InputTypes => [.. Items(_help, "inputTypes", "inputType").Select(item => Member(item, "type", "name"))];

    public string[] Links => [.. Items(_help, "relatedLinks", "navigationLink").Select(item => Member(item, "linkText"))];

    /// <summary>The parameters of each syntax.</summary>
    public string[] Syntaxes => [.. Items(_help, "syntax", "syntaxItem")
        .Select(item => Signature(Items(item, "parameter").Select(p => (Member(p, "name"), Member(p, "required") == "true", Member(p, "position")))))];

    /// <summary>Parameters in one line in the order of the alphabet, those that must be given with '!'.</summary>
    public static string Signature(IEnumerable<(string Name, bool IsMandatory, string Position)> parameters) =>
        string.Join(' ', parameters.OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{p.Name}{(p.IsMandatory ? "!" : "")}({p.Position})"));

    /// <summary>The text of a member that holds paragraphs.</summary>
    public static string Text(PSObject item, string member) => string.Join('\n', Items(item, member).Select(p => Member(p, "Text"))).Trim();

    /// <summary>A member of a member as text; empty when there is none.</summary>
    public static string Member(PSObject item, params ReadOnlySpan<string> path)
    {
        object? value = item;
        foreach (var name in path) value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        return value?.ToString() ?? "";
    }

    /// <summary>The elements below a path: help holds one as itself and several as an array.</summary>
    private static PSObject[] Items(PSObject item, params ReadOnlySpan<string> path)
    {
        object? value = item;
        foreach (var name in path) value = value is null ? null : PSObject.AsPSObject(value).Properties[name]?.Value;
        return value switch
        {
            null => [],
            object[] array => [.. array.Select(PSObject.AsPSObject)],
            PSObject { BaseObject: object[] array } => [.. array.Select(PSObject.AsPSObject)],
            _ => [PSObject.AsPSObject(value)],
        };
    }
}
