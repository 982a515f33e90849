using System.Globalization;
using System.Management.Automation.Host;

namespace DnsTunnel.Shell;

internal sealed class ShellHost(Version version, bool nonInteractive) : PSHost
{
    private readonly ShellUserInterface _ui = new(nonInteractive);

    /// <summary>The argument of the exit statement that ended the script or the session; null before.</summary>
    public int? RequestedExit { get; private set; }

    /// <summary>The same as <see cref="UI"/>, by its own type.</summary>
    public ShellUserInterface Screen => _ui;

    public override PSHostUserInterface UI => _ui;
    public override string Name => "DnsTunnel.Shell";
    public override Version Version { get; } = version;
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override void SetShouldExit(int exitCode) => RequestedExit = exitCode;
    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompts.");
    public override void ExitNestedPrompt() => throw new NotSupportedException("This shell has no nested prompts.");
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
}
