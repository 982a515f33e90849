using System.Text;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Monitoring.Scheduling;

/// <summary>What registers a monitor, or takes it away: files, then a script.</summary>
/// <param name="Files">To write, or to remove.</param>
/// <param name="Script">That tells the scheduler; empty when it need not be told, or does not run.</param>
/// <param name="Language">Of the script.</param>
internal sealed record SchedulePlan(ScheduleFile[] Files, string Script, ScriptLanguage Language)
{
    /// <summary>Everything that will be written and run.</summary>
    public string Describe(string verb)
    {
        var text = new StringBuilder();
        foreach (var file in Files)
        {
            text.Append(verb).Append(" '").Append(file.Path).Append("'\n");
            if (file.Content.Length > 0) text.Append("  ").Append(file.Content.TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
        }

        if (Script.Length > 0) text.Append("Run\n  ").Append(Script.TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal)).Append('\n');
        return text.ToString().TrimEnd('\n');
    }
}
