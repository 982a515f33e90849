using System.Management.Automation;
using DnsTunnel.Logs;

namespace DnsTunnel.PowerShell;

/// <summary>A format is one of those that are known.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateLogFormatAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is string name && DnsLogFormat.Find(name) is not null) return;
        throw new ValidationMetadataException($"There is no log format '{arguments}': give one of {string.Join(", ", DnsLogFormat.All.Select(f => f.Name))}.");
    }
}
