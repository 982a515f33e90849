using System.Globalization;
using System.Text;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Scripts;

/// <summary>The script that would carry a plan out, for someone else's hands.</summary>
internal static class ScriptFile
{
    /// <exception cref="ResponseException">The plan has steps that are no scripts of the language.</exception>
    public static string Write(ResponsePlan plan, ResponseRequest request, ScriptLanguage language)
    {
        var steps = Scripts(plan, language) ?? throw new ResponseException(ResponseError.ActionNotPossible,
            $"{request.Action} of '{request.Target}' cannot be said as a script: it changes the file of a policy zone. -WhatIf shows the lines; other providers can be.");
        var text = new StringBuilder();
        text.Append(language == ScriptLanguage.Shell ? "#!/bin/sh\n" : "#Requires -Version 5.1\n#Requires -RunAsAdministrator\n");
        text.Append(CultureInfo.InvariantCulture, $"# {request.Action} of {request.Target}, response {request.Id}, made by DnsTunnel at {DateTime.UtcNow:yyyy-MM-dd HH:mm:ss} UTC\n");
        foreach (var note in plan.Notes) text.Append("# ").Append(note).Append('\n');
        text.Append(language == ScriptLanguage.Shell
            ? "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin\nLC_ALL=C\nexport PATH LC_ALL\n"
            : "$ErrorActionPreference = 'Stop'\n");
        foreach (var step in steps) Append(text, step.ApplyScript, language);
        text.Append("# To take it back:\n");
        foreach (var step in steps.Where(step => step.IsReversible).Reverse())
        {
            foreach (var line in step.UndoScript.Split('\n')) text.Append("#   ").Append(line).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The steps of a plan when all are scripts of a language; else null.</summary>
    public static ScriptStep[]? Scripts(ResponsePlan plan, ScriptLanguage language) =>
        plan.Steps.All(step => step is ScriptStep script && script.Language == language) ? [.. plan.Steps.Cast<ScriptStep>()] : null;

    // A step that fails ends with its exit code, and the next one must not be made.
    private static void Append(StringBuilder text, string script, ScriptLanguage language)
    {
        var (open, close) = language == ScriptLanguage.Shell ? ("(", ") || exit 1") : ("& {", "}");
        text.Append(open).Append('\n').Append(script).Append('\n').Append(close).Append('\n');
    }
}
