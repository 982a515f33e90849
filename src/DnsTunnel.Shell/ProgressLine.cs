using System.Diagnostics;
using System.Management.Automation;

namespace DnsTunnel.Shell;

/// <summary>Shows the latest progress record on one line of standard error; says nothing where that is no terminal.</summary>
internal sealed class ProgressLine
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private long _lastDrawn;
    private bool _visible;

    public void Show(ProgressRecord record)
    {
        if (!Terminal.ErrorIsTerminal) return;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Erase();
            return;
        }
        if (_lastDrawn != 0 && Stopwatch.GetElapsedTime(_lastDrawn) < s_interval) return;
        _lastDrawn = Stopwatch.GetTimestamp();
        Console.Error.Write($"\r\e[K{Text(record)}");
        _visible = true;
    }

    /// <summary>Called before anything else is written, and when a pipeline ends without saying Completed.</summary>
    public void Erase()
    {
        if (!_visible) return;
        Console.Error.Write("\r\e[K");
        _visible = false;
    }

    private static string Text(ProgressRecord record)
    {
        var percent = record.PercentComplete >= 0 ? $" {record.PercentComplete}%" : "";
        var left = record.SecondsRemaining >= 0 ? $" ({TimeSpan.FromSeconds(record.SecondsRemaining):g} left)" : "";
        // File names come from outside: a control character would break out of the line.
        var text = string.Concat($"{record.Activity}:{percent} {record.StatusDescription}{left}".Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length < Terminal.Width ? text : text[..(Terminal.Width - 1)];
    }
}
