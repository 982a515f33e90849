using System.Management.Automation;
using System.Management.Automation.Runspaces;
using DnsTunnel.Response;
using DnsTunnel.Response.Hosts;
using DnsTunnel.Response.Scripts;

namespace DnsTunnel.PowerShell;

/// <summary>Where an action is carried out.</summary>
internal sealed class ResponsePlace
{
    private readonly Lazy<HostFacts> _facts;

    private ResponsePlace(IScriptRunner runner, DnsTunnelPlatform platform, string? computerName, CancellationToken token)
    {
        (Runner, Platform, ComputerName) = (runner, platform, computerName);
        _facts = new(() => HostFacts.Read(runner, platform, token));
    }

    public IScriptRunner Runner { get; }

    public DnsTunnelPlatform Platform { get; }

    /// <summary>The name of another host; null for this one.</summary>
    public string? ComputerName { get; }

    public bool IsLocal => ComputerName is null;

    /// <summary>What the host tells of itself, asked once.</summary>
    public HostFacts Facts => _facts.Value;

    /// <summary>This computer.</summary>
    public static ResponsePlace Local(CancellationToken token) =>
        new(new LocalScriptRunner(), OperatingSystem.IsWindows() ? DnsTunnelPlatform.Windows : DnsTunnelPlatform.Linux, null, token);

    /// <summary>The host that a session leads to.</summary>
    /// <exception cref="ResponseException">It cannot be asked what it is.</exception>
    public static ResponsePlace Of(PSCmdlet cmdlet, PSSession session, CancellationToken token)
    {
        var runner = new SessionScriptRunner(cmdlet, session);
        return new(runner, runner.Platform(), Printable.Text(session.ComputerName), token);
    }

    /// <summary>A host by its name.</summary>
    /// <exception cref="ResponseException">It cannot be reached.</exception>
    public static ResponsePlace Of(PSCmdlet cmdlet, string computerName, CancellationToken token)
    {
        var runner = new SessionScriptRunner(cmdlet, computerName);
        return new(runner, runner.Platform(), Printable.Text(computerName), token);
    }
}
