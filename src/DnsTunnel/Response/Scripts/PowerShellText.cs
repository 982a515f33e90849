using System.Text;

namespace DnsTunnel.Response.Scripts;

/// <summary>The only way a value from outside gets into a script of PowerShell.</summary>
internal static class PowerShellText
{
    /// <summary>One argument, whatever its characters. PowerShell takes four more quotation marks for the single quote.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder("'", value.Length + 2);
        foreach (var c in value)
        {
            if (c is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B') text.Append(c);
            text.Append(c);
        }
        return text.Append('\'').ToString();
    }

    /// <summary>An array of arguments.</summary>
    public static string Array(IEnumerable<string> values) => $"@({string.Join(", ", values.Select(Quote))})";

    /// <summary>The form that -EncodedCommand takes: no command line can change its meaning.</summary>
    public static string EncodedCommand(string script) => Convert.ToBase64String(Encoding.Unicode.GetBytes(script));
}
