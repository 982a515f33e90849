using System.Management.Automation;
using DnsTunnel.Capture.Live;

namespace DnsTunnel.PowerShell;

[Cmdlet(VerbsCommon.Get, "DnsCaptureInterface")]
[OutputType(typeof(DnsCaptureInterface))]
public sealed class GetDnsCaptureInterfaceCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(CaptureInterfaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    protected override void EndProcessing()
    {
        DnsCaptureInterface[] interfaces = [];
        try
        {
            interfaces = [.. CaptureInterfaces.List()];
        }
        catch (LiveCaptureException e)
        {
            ThrowTerminatingError(Errors.LiveCapture(e, null));
        }

        var found = new HashSet<DnsCaptureInterface>();
        foreach (var name in Name)
        {
            var pattern = WildcardPattern.Get(name, WildcardOptions.IgnoreCase);
            var matches = interfaces.Where(i => pattern.IsMatch(i.Name) || pattern.IsMatch(i.FriendlyName) || pattern.IsMatch(i.Description)).ToArray();
            foreach (var match in matches.Where(found.Add)) WriteObject(match);
            if (matches.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(name)) WriteError(Errors.LiveCapture(NotFound(name, interfaces), name));
        }
    }

    private static LiveCaptureException NotFound(string name, DnsCaptureInterface[] interfaces) =>
        CaptureInterfaces.NotFound(name, interfaces.Select(i => i.FriendlyName));
}
