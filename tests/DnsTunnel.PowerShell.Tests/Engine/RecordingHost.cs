using System.Globalization;
using System.Management.Automation.Host;

namespace DnsTunnel.PowerShell.Tests;

/// <summary>A host without a terminal: it keeps all that is shown and answers prompts from a script.</summary>
internal sealed class RecordingHost : PSHost
{
    private readonly RecordingUserInterface _ui = new();

    /// <summary>What was shown, prompted and answered.</summary>
    public RecordingUserInterface Recorded => _ui;

    /// <summary>The argument of the last exit statement; null when there was none.</summary>
    public int? ExitCode { get; private set; }

    public override PSHostUserInterface UI => _ui;
    public override string Name => "RecordingHost";
    public override Version Version { get; } = new(1, 0);
    public override Guid InstanceId { get; } = Guid.NewGuid();
    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;
    public override CultureInfo CurrentUICulture => CultureInfo.InvariantCulture;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;
    public override void EnterNestedPrompt() => throw new NotSupportedException();
    public override void ExitNestedPrompt() => throw new NotSupportedException();
    public override void NotifyBeginApplication() { }
    public override void NotifyEndApplication() { }
}
