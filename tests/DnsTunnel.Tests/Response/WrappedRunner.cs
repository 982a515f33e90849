using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Tests.Response;

/// <summary>Runs shell scripts as the last argument of a command.</summary>
internal sealed class WrappedRunner(string command) : IScriptRunner
{
    private readonly LocalScriptRunner _inner = new();

    public ScriptResult Run(ScriptLanguage language, string script, CancellationToken token) =>
        _inner.Run(language, $"{command} {ShellText.Quote(script)}", token);
}
