using System.Management.Automation;

namespace DnsTunnel.PowerShell;

/// <summary>A duration is at least a tenth of a second. (A plain number would be taken as ticks of 100 ns.)</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateDurationAttribute : ValidateArgumentsAttribute
{
    private static readonly TimeSpan s_min = TimeSpan.FromSeconds(0.1);
    private static readonly TimeSpan s_max = TimeSpan.FromDays(366);

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is TimeSpan duration && duration >= s_min && duration <= s_max) return;
        throw new ValidationMetadataException($"A duration of {arguments} cannot be used: give hours:minutes:seconds from 00:00:00.1 to 366.00:00:00, such as 00:10:00.");
    }
}
