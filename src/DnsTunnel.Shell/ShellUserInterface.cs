using System.Management.Automation;
using System.Management.Automation.Host;

namespace DnsTunnel.Shell;

/// <summary>What is written: output to standard output; errors and messages to standard error, so that output can be piped clean.</summary>
internal sealed partial class ShellUserInterface(bool nonInteractive) : PSHostUserInterface
{
    private readonly Lock _gate = new();
    private readonly ProgressLine _progress = new();

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUI();

    public override bool SupportsVirtualTerminal => Terminal.OutputIsTerminal && Terminal.ColorIsWanted;

    /// <summary>Set while the view of a terminating error is written.</summary>
    public bool OutputIsError { get; set; }

    public override void Write(string value)
    {
        if (OutputIsError) WriteTo(Console.Error, GetOutputString(value, ErrorSupportsVirtualTerminal));
        else WriteTo(Console.Out, GetOutputString(value, SupportsVirtualTerminal));
    }

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(PSStyle.MapForegroundColorToEscapeSequence(foregroundColor) + value + PSStyle.Instance.Reset);

    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    public override void WriteErrorLine(string value) => WriteMessage("", value, PSStyle.Instance.Formatting.Error);

    public override void WriteWarningLine(string message) => WriteMessage("WARNING: ", message, PSStyle.Instance.Formatting.Warning);

    public override void WriteVerboseLine(string message) => WriteMessage("VERBOSE: ", message, PSStyle.Instance.Formatting.Verbose);

    public override void WriteDebugLine(string message) => WriteMessage("DEBUG: ", message, PSStyle.Instance.Formatting.Debug);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate) _progress.Show(record);
    }

    public void EndProgress()
    {
        lock (_gate) _progress.Erase();
    }

    private static bool ErrorSupportsVirtualTerminal => Terminal.ErrorIsTerminal && Terminal.ColorIsWanted;

    private void WriteMessage(string prefix, string message, string color)
    {
        var line = $"{color}{prefix}{message}{PSStyle.Instance.Reset}{Environment.NewLine}";
        WriteTo(Console.Error, GetOutputString(line, ErrorSupportsVirtualTerminal));
    }

    private void WriteTo(TextWriter writer, string text)
    {
        lock (_gate)
        {
            _progress.Erase();
            writer.Write(text);
        }
    }
}
