<#
.SYNOPSIS
    For a scheduled task: looks for tunnels in the logs of a DNS server, keeps a log of its own, and ends with an exit code.
.DESCRIPTION
    Every run judges all that -Path names now, and tells what was not told before. In -Folder are watch.log (a line a run and a finding),
    alerts.ndjson (the findings for a SIEM) and state.json (what was told).
    Exit code: 0 nothing new; 2 a new tunnel; 1 something could not be read, and watch.log says what.
    Register-DnsTunnelMonitor makes such a task with one command; a script is for what you want to happen besides.
.EXAMPLE
    ./examples/Watch-DnsLog.ps1 -Path '/var/log/named/queries.log*' -Folder /var/log/dnstunnel
    By hand, to see that it works.
.EXAMPLE
    */15 * * * * root pwsh -NoProfile -File /opt/DnsTunnel/examples/Watch-DnsLog.ps1 -Path '/var/log/named/queries.log*' -Folder /var/log/dnstunnel
    A line of /etc/cron.d.
.EXAMPLE
    schtasks /Create /TN DnsTunnel /SC MINUTE /MO 15 /RU SYSTEM /TR "pwsh -NoProfile -File C:\DnsTunnel\examples\Watch-DnsLog.ps1 -Path C:\Logs\dns.log -Folder C:\Logs\dnstunnel"
    A task of Windows.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string[]] $Path,
    [Parameter(Mandatory)] [string] $Folder
)

$ErrorActionPreference = 'Stop'
$Folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder)
$null = [System.IO.Directory]::CreateDirectory($Folder)

function Write-Log([string] $Text) {
    [System.IO.File]::AppendAllText("$Folder/watch.log", "$([DateTime]::UtcNow.ToString('yyyy-MM-ddTHH:mm:ssZ')) $Text`n")
}

try {
    Import-Module "$PSScriptRoot/../output/DnsTunnel/DnsTunnel.psd1"
    # A file that cannot be read does not keep the others from being judged.
    $findings = @(Start-DnsTunnelMonitor -Path $Path -Once -StatePath "$Folder/state.json" -OutFile "$Folder/alerts.ndjson" -ErrorAction SilentlyContinue -ErrorVariable problems)
    foreach ($problem in $problems) { Write-Log "ERROR $problem" }
    foreach ($finding in $findings) { Write-Log "$($finding.Severity) $($finding.Domain) asked by $($finding.Clients -join ', '): score $($finding.Score); $($finding.Reasons[0])" }
    Write-Log "$($findings.Count) new, $($problems.Count) errors"
}
catch {
    Write-Log "ERROR $_"
    exit 1
}

if ($findings.Count -gt 0) { exit 2 }
exit [int]($problems.Count -gt 0)
