using System.Collections;

namespace DnsTunnel.PowerShell;

/// <summary>Completes ids of time zones, by id or name.</summary>
public sealed class TimeZoneCompleter : ChoiceCompleter
{
    private protected override IEnumerable<(string Value, string Tip)> Choices(string command, string parameter, IDictionary bound) =>
        TimeZoneInfo.GetSystemTimeZones()
            .Select(z => (z.Id, z.DisplayName))
            .Prepend((TimeZoneTransformationAttribute.Local, $"The zone of this computer: {TimeZoneInfo.Local.DisplayName}"))
            .Prepend((TimeZoneInfo.Utc.Id, TimeZoneInfo.Utc.DisplayName))
            .DistinctBy(z => z.Item1);
}
