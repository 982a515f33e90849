using System.Management.Automation;
using DnsTunnel.Response.Domains;

namespace DnsTunnel.PowerShell;

/// <summary>A provider is one of those that are known.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateDomainProviderAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var names = DomainProvider.All.Select(p => p.Name);
        if (arguments is string name && names.Contains(name, StringComparer.OrdinalIgnoreCase)) return;
        throw new ValidationMetadataException($"There is no provider '{Printable.Text($"{arguments}")}': give one of {string.Join(", ", names)}.");
    }
}
