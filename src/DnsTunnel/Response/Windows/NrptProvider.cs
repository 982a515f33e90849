using DnsTunnel.Response.Domains;
using DnsTunnel.Response.Scripts;
using DnsTunnel.Response.Steps;

namespace DnsTunnel.Response.Windows;

/// <summary>Has a Windows client send queries for a domain to a server that does not know it, by its Name Resolution Policy Table.</summary>
internal sealed class NrptProvider : IResponseProvider
{
    /// <summary>The name in the journal.</summary>
    public const string ProviderName = "Nrpt";

    /// <summary>The script that says "present" where there is such a table.</summary>
    public const string Probe = "if (Get-Command -Name Add-DnsClientNrptRule -ErrorAction SilentlyContinue) { 'present' }";

    // Nobody answers there on a client, so that a query fails at once.
    private const string Nobody = "127.0.0.1";

    /// <inheritdoc/>
    public string Name => ProviderName;

    /// <inheritdoc/>
    public string? Path => null;

    /// <inheritdoc/>
    public ResponsePlan Plan(ResponseRequest request)
    {
        var name = PlainName.Encode(request.Domain!, ProviderName);
        var mark = PowerShellText.Quote($"DnsTunnel {request.Id}");
        var find = $"Get-DnsClientNrptRule -ErrorAction Stop | Where-Object DisplayName -EQ {mark}";
        var server = PowerShellText.Quote(request.Sinkhole?.ToString() ?? Nobody);
        return new([new ScriptStep(ScriptLanguage.PowerShell,
            $"""
            Add-DnsClientNrptRule -Namespace {PowerShellText.Array([name, "." + name])} -NameServers {server} -DisplayName {mark} -ErrorAction Stop
            Clear-DnsClientCache -ErrorAction Stop
            """,
            $$"""
            $found = @({{find}})
            if ($found.Count -eq 0) { '{{ScriptStep.Absent}}' } else { "$($found.Count) rules for $($found.Namespace -join ', ') to $($found.NameServers -join ', ')" }
            """,
            $$"""
            {{find}} | ForEach-Object { Remove-DnsClientNrptRule -Name $_.Name -Force -ErrorAction Stop }
            Clear-DnsClientCache -ErrorAction Stop
            """,
            finishes: true)])
        {
            Notes =
            [
                $"This computer alone is blocked, and only programs that ask Windows: one that sends DNS packets itself is not. They get an error, or what {request.Sinkhole?.ToString() ?? "nobody"} answers.",
                "Where a group policy sets rules of this table, Windows leaves those of the computer out.",
            ],
        };
    }
}
