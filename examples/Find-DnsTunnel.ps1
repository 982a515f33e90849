<#
.SYNOPSIS
    Finds the DNS tunnels in captures and says why.
.EXAMPLE
    ./examples/Find-DnsTunnel.ps1
    The captures that come with the project: a real iodine tunnel, a real dns2tcp tunnel, and ordinary Windows traffic.
.EXAMPLE
    ./examples/Find-DnsTunnel.ps1 -Path ./mine.pcapng -Top 20
    A capture of your own.
#>
[CmdletBinding()]
param(
    [string[]] $Path = "$PSScriptRoot/captures",
    [int] $Top = 5
)

Import-Module "$PSScriptRoot/../output/DnsTunnel/DnsTunnel.psd1"

"The $Top domains of each 15 minutes whose names carry most:"
Get-DnsDomainVolume -Path $Path -Top $Top | Out-Host

$findings = @(Test-DnsTunneling -Path $Path)
"Tunnels: $($findings.Count)"
$findings | Out-Host

foreach ($finding in $findings) {
    "Why $($finding.Domain), asked by $($finding.Client):"
    foreach ($reason in $finding.Reasons) { "  - $reason" }
}
