using System.Collections;
using DnsTunnel.Capture.Live;

namespace DnsTunnel.PowerShell;

/// <summary>Completes interfaces by name, friendly name or description.</summary>
public sealed class CaptureInterfaceCompleter : ChoiceCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound) =>
        CaptureInterfaces.List().Select(i => (i.FriendlyName, Describe(i)));

    private static string Describe(DnsCaptureInterface i) =>
        string.Join(", ", new[] { i.Description.Length > 0 ? i.Description : i.Name, i.Name, i.State.ToString() }.Distinct().Concat(i.Addresses));
}
