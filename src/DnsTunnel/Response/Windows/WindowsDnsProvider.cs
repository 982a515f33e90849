using System.Net.Sockets;
using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Windows;

/// <summary>
/// Blocks domains on a Windows DNS Server (2016 or later): with a policy that denies them, or, as policies cannot answer with an address,
/// with a zone that does.
/// </summary>
internal sealed class WindowsDnsProvider(DomainProviderOptions options) : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "WindowsDnsServer";

    /// <summary>The script that says "present" where the server runs and can be told.</summary>
    public const string Probe =
        "if ((Get-Command -Name Add-DnsServerQueryResolutionPolicy -ErrorAction SilentlyContinue) -and (Get-Service -Name DNS -ErrorAction SilentlyContinue | Where-Object Status -EQ 'Running')) { 'present' }";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Path => null;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var name = PlainName.Encode(request.Domain!, ProviderName);
        var isPolicy = request.Sinkhole is null;
        return new([isPolicy ? Policy(name, request.Id) : Zone(name, request)])
        {
            Check = DomainCheck.For(request.Domain!, request.Sinkhole, options.Resolvers, refuses: true),
            Notes =
            [
                isPolicy
                    ? "Clients get an error from the server, not NXDOMAIN. A policy of others that comes first in the order of processing wins."
                    : "The file of the zone stays in the folder of the server when the zone is removed.",
            ],
        };
    }

    private static ScriptStep Policy(string name, string id)
    {
        var policy = PowerShellText.Quote($"DnsTunnel-{id}");
        var find = $"Get-DnsServerQueryResolutionPolicy -ErrorAction Stop | Where-Object Name -EQ {policy}";
        return new(ScriptLanguage.PowerShell,
            $"Add-DnsServerQueryResolutionPolicy -Name {policy} -Action DENY -FQDN {PowerShellText.Quote($"EQ,{name},*.{name}")} -ErrorAction Stop",
            $$"""
            $found = {{find}}
            if (-not $found) { '{{ScriptStep.Absent}}' } else { "$($found.Action), enabled: $($found.IsEnabled)" }
            """,
            $"{find} | ForEach-Object {{ Remove-DnsServerQueryResolutionPolicy -Name $_.Name -Force -ErrorAction Stop }}");
    }

    // Made with its file in one command, a zone is ours by the name of the file from its first moment on.
    private static ScriptStep Zone(string name, ResponseRequest request)
    {
        var (zone, file) = (PowerShellText.Quote(name), PowerShellText.Quote($"dnstunnel-{request.Id}.dns"));
        var find = $"Get-DnsServerZone -ErrorAction Stop | Where-Object {{ $_.ZoneName -eq {zone} -and $_.ZoneFile -eq {file} }}";
        var (isIPv4, address) = (request.Sinkhole!.AddressFamily == AddressFamily.InterNetwork, PowerShellText.Quote($"{request.Sinkhole}"));
        var record = isIPv4 ? $"-A -IPv4Address {address}" : $"-AAAA -IPv6Address {address}";
        var remove = $"{find} | ForEach-Object {{ Remove-DnsServerZone -Name $_.ZoneName -Force -ErrorAction Stop }}";
        return new(ScriptLanguage.PowerShell,
            $$"""
            if (Get-DnsServerZone -ErrorAction Stop | Where-Object ZoneName -EQ {{zone}}) { throw 'The server has a zone of that name already.' }
            try {
            Add-DnsServerPrimaryZone -Name {{zone}} -ZoneFile {{file}} -DynamicUpdate None -ErrorAction Stop
            foreach ($owner in '@', '*') { Add-DnsServerResourceRecord -ZoneName {{zone}} -Name $owner {{record}} -ErrorAction Stop }
            }
            catch {
            {{remove}}
            throw
            }
            """,
            $$"""
            if (-not ({{find}})) { '{{ScriptStep.Absent}}' }
            else { "$(@(Get-DnsServerResourceRecord -ZoneName {{zone}} -RRType {{(isIPv4 ? "A" : "AAAA")}} -ErrorAction Stop).Count) addresses" }
            """,
            remove);
    }
}
