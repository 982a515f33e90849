namespace DnsTunnel.Response.Scripts;

/// <summary>A place where scripts run.</summary>
internal interface IScriptRunner
{
    /// <summary>Runs a script to its end.</summary>
    /// <exception cref="ResponseException">There is nothing that runs scripts of the language.</exception>
    ScriptResult Run(ScriptLanguage language, string script, CancellationToken token);
}
