using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>A time zone by its id, of IANA or of Windows, or 'Local'.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class TimeZoneTransformationAttribute : ArgumentTransformationAttribute
{
    internal const string Local = "Local";

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        if (value is not string id) return value;
        if (id.Equals(Local, StringComparison.OrdinalIgnoreCase)) return TimeZoneInfo.Local;
        try
        {
            // On Unix an id is a file name and its letter case counts.
            return TimeZoneInfo.GetSystemTimeZones().FirstOrDefault(z => z.Id.Equals(id, StringComparison.OrdinalIgnoreCase)) ?? TimeZoneInfo.FindSystemTimeZoneById(id);
        }
        catch (Exception e) when (e is TimeZoneNotFoundException or InvalidTimeZoneException or ArgumentException or System.Security.SecurityException)
        {
            throw new ArgumentTransformationMetadataException($"There is no time zone '{Printable.Text(id)}': give an id such as UTC, Europe/Berlin or Local; they are completed.", e);
        }
    }
}
