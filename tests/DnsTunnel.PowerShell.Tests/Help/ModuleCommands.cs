using System.Collections;
using System.Management.Automation.Language;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>The names in CmdletsToExport of the manifest, read without a session so that each can be a test case of its own.</summary>
internal static class ModuleCommands
{
    public static string[] Names { get; } = Read();

    public static TheoryData<string> Cases => [.. Names];

    private static string[] Read()
    {
        var ast = Parser.ParseFile(Repository.Path("module/DnsTunnel.psd1"), out _, out var errors);
        Assert.Empty(errors);
        var manifest = (Hashtable)ast.Find(node => node is HashtableAst, searchNestedScriptBlocks: false)!.SafeGetValue();
        return [.. ((object[])manifest["CmdletsToExport"]!).Cast<string>()];
    }
}
