using System.Management.Automation.Runspaces;

namespace DnsTunnel.Shell;

/// <summary>Turns the words after -File into parameters. They stay data: no word ever becomes script text.</summary>
internal static class ScriptArguments
{
    /// <summary>
    /// A name that keeps its dash and has no value is to the engine what a parameter typed in a script is: it decides
    /// from the script's param block whether the next word belongs to it.
    /// </summary>
    public static IEnumerable<CommandParameter> Parse(IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            var colon = word.IndexOf(':');
            if (!IsParameter(word)) yield return new CommandParameter(null, word);
            else if (colon < 0 || colon == word.Length - 1) yield return new CommandParameter(word);
            else yield return new CommandParameter(word[..(colon + 1)], Value(word[(colon + 1)..]));
        }
    }

    /// <summary>-Name, not the number -5 and not a lone dash.</summary>
    private static bool IsParameter(string word) =>
        word.Length > 1 && word[0] == '-' && (char.IsLetter(word[1]) || word[1] is '_' or '?');

    /// <summary>-Switch:$false is the one way to turn a switch off, and a text would not bind to it.</summary>
    private static object Value(string text) => text.ToLowerInvariant() switch
    {
        "$true" or "true" => true,
        "$false" or "false" => false,
        _ => text,
    };
}
