using System.Management.Automation;
using System.Management.Automation.Host;

namespace DnsTunnel.PowerShell;

/// <summary>The terminal that a cmdlet is started on.</summary>
internal static class TerminalOf
{
    private static readonly Size s_least = new(60, 20);

    /// <summary>Why nothing can be drawn on it; null when it can.</summary>
    public static string? Reason(PSCmdlet cmdlet)
    {
        // pwsh says of its host that it is a terminal even when its output goes to a file.
        if (Console.IsOutputRedirected) return "the output of this process does not go to a terminal";
        if (cmdlet.Host.UI is not { SupportsVirtualTerminal: true } ui) return $"the host '{cmdlet.Host.Name}' has no terminal that obeys escape sequences";
        if (ObjectProperties.Value(PSObject.AsPSObject(cmdlet.GetVariableValue("PSStyle", "")), "OutputRendering")?.ToString() == "PlainText")
            return "$PSStyle.OutputRendering is PlainText";
        try
        {
            var size = ui.RawUI.WindowSize;
            if (size.Width < s_least.Width || size.Height < s_least.Height) return $"the terminal has fewer than {s_least.Width} columns or {s_least.Height} lines";
        }
        catch (HostException exception)
        {
            return $"the size of the terminal is not known ({exception.Message.TrimEnd('.')})";
        }

        return null;
    }
}
