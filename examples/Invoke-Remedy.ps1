<#
.SYNOPSIS
    Runs a script block of your own for each tunnel that comes through the pipeline; with -WhatIf it says for which.
.DESCRIPTION
    The finding is the argument of the script block. Its names are written by attackers: use them as values, and never put them into text
    that is run. A remedy that fails is an error of its finding, and the next one goes on.
.EXAMPLE
    Test-DnsTunneling -Path ./examples/captures | ./examples/Invoke-Remedy.ps1 { param($finding) "ticket for $($finding.Clients)" } -WhatIf
    Says what it would do.
.EXAMPLE
    Test-DnsTunneling -Path ./dns.log | ./examples/Invoke-Remedy.ps1 { param($finding) $finding | Invoke-DnsTunnelResponse -Action IsolateHost -ExpiresAfter 01:00:00 -Confirm:$false } -Confirm:$false
    Isolates the hosts for an hour.
#>
[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory, Position = 0)] [scriptblock] $Remedy,
    [Parameter(Mandatory, ValueFromPipeline)] [psobject] $Finding,
    [ValidateRange(0, 100)] [double] $MinimumScore = 90
)

process {
    if (-not $Finding.IsTunnel -or $Finding.Score -lt $MinimumScore) { return }
    if (-not $PSCmdlet.ShouldProcess("$($Finding.Domain), asked by $($Finding.Clients -join ', ')", 'Remedy')) { return }
    try {
        & $Remedy $Finding
    }
    catch {
        $failure = [System.Exception]::new("The remedy for '$($Finding.Domain)' failed: $_", $_.Exception)
        $PSCmdlet.WriteError([System.Management.Automation.ErrorRecord]::new($failure, 'RemedyFailed', 'NotSpecified', $Finding))
    }
}
