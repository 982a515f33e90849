using DnsTunnel.Response.Scripts;

namespace DnsTunnel.Response.Steps;

/// <summary>How steps act on the world.</summary>
/// <param name="Runner">Runs scripts: on this machine, or where a session leads.</param>
/// <param name="Token">Stops what waits.</param>
internal sealed record StepContext(IScriptRunner Runner, CancellationToken Token)
{
    /// <summary>Undo takes back what others changed too.</summary>
    public bool Force { get; init; }
}
