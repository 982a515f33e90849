namespace DnsTunnel.Response.Scripts;

/// <summary>What came of a script.</summary>
internal readonly record struct ScriptResult(int ExitCode, string Output, string Error);
