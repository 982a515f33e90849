using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>A window is between a second and 366 days long. (A plain number would be taken as ticks of 100 ns.)</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateWindowAttribute : ValidateArgumentsAttribute
{
    private static readonly TimeSpan s_min = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_max = TimeSpan.FromDays(366);

    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan window && window >= s_min && window <= s_max) return;
        throw new ValidationMetadataException($"A window of {arguments} cannot be used: give hours:minutes:seconds from 00:00:01 to 366.00:00:00, such as 00:15:00.");
    }
}
