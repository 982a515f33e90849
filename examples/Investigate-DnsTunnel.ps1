<#
.SYNOPSIS
    Walks from a capture to a decision: finding, evidence, report, exception, response, and undo.
.DESCRIPTION
    Each step is one command, written out before what it prints. Everything that is written goes into one folder, a new one by default;
    neither the settings of this computer nor its name servers are changed.
.EXAMPLE
    ./examples/Investigate-DnsTunnel.ps1
    With the captures that come with the project.
.EXAMPLE
    ./examples/Investigate-DnsTunnel.ps1 -Path ./mine.pcapng -Folder ./case-7
    A capture of your own. What was found is blocked in ./case-7/blocked.rpz and let go again.
#>
[CmdletBinding()]
param(
    [string[]] $Path = @("$PSScriptRoot/captures/iodine.pcap.gz", "$PSScriptRoot/captures/dns2tcp.pcap"),
    [string] $Folder = [System.IO.Directory]::CreateTempSubdirectory('DnsTunnel').FullName
)

$ErrorActionPreference = 'Stop'
Import-Module "$PSScriptRoot/../output/DnsTunnel/DnsTunnel.psd1"
$null = [System.IO.Directory]::CreateDirectory($Folder)
$history = @{ HistoryPath = "$Folder/history.db" }
$journal = @{ JournalPath = "$Folder/responses.jsonl" }
$exceptions = @{ ExceptionPath = "$Folder/exceptions.json" }
$zone = @{ ZoneFile = "$Folder/blocked.rpz" }

'1. Is there a tunnel? Test-DnsTunneling judges every domain and client, and -UpdateHistory remembers what it saw.'
$findings = @(Test-DnsTunneling -Path $Path @exceptions @history -UpdateHistory -StatisticsVariable statistics)
if ($findings.Count -eq 0) {
    '   No. The walk ends here.'
    return
}
$findings | Out-Host

'2. Who used it, and what did it carry? Get-DnsTunnelEvidence reads the capture again and takes the names apart.'
$evidence = @($findings | Get-DnsTunnelEvidence -Path $Path @exceptions @history)
foreach ($item in $evidence) {
    ''
    "   $($item.Domain): $($item.Payload)"
    "   asked by $($item.Talkers[0])"
    "   one name: $($item.Samples[0].Name)"
    "   it says: $($item.Samples[0].Header)"
}

''
'3. What would an analyst do next? The evidence has the commands; those that change something end with -WhatIf.'
foreach ($step in $evidence[0].NextSteps) { "   $step" }

''
'4. Write it down: one HTML file that needs no network and names everything it could not see.'
$report = $findings | Export-DnsTunnelReport -Path "$Folder/report.html" -Title 'Case 7' -Statistics $statistics -PassThru
"   $($report.FullName)"

''
"5. One of them is known: suppose $($findings[-1].Domain) is the remote help of a supplier. An exception has a reason, an end and a budget,"
'   so that names under it that carry more are found all the same.'
$exception = New-DnsTunnelException -Domain $findings[-1].Domain -Client $findings[-1].Client -Reason 'Remote help of a supplier, ticket 4711' -BudgetBytes 16384 -ExpiresAfter 30.00:00:00 @exceptions
"   $exception, at most $($exception.BudgetBytes) bytes a day for $($exception.Client), until $($exception.Expires.ToString('yyyy-MM-dd'))"
$left = @(Test-DnsTunneling -Path $Path @exceptions @history -UpdateHistory)
"   Findings now: $($left.Count) instead of $($findings.Count)."

''
'6. Block the rest in a response-policy zone. First what would happen, then the deed; each step is in a journal before it is made.'
$left | Invoke-DnsTunnelResponse -Action BlockDomain @zone @journal -WhatIf
$responses = @($left | Invoke-DnsTunnelResponse -Action BlockDomain @zone @journal -Confirm:$false)
foreach ($response in $responses) {
    "   $response"
    foreach ($change in $response.Changes) { "      $change" }
}

''
'7. What is known of these domains from now on? The history has the life of each finding, and what was done about it.'
foreach ($domain in $findings | ForEach-Object Domain) {
    $known = Get-DnsDomainHistory -Domain $domain @history @journal
    "   ${domain}: $known"
    foreach ($finding in $known.Findings) { "      $finding" }
    foreach ($response in $known.Responses) { "      $response" }
}

''
'8. It was a false alarm after all? Undo takes back exactly what the response made, and nothing that others changed since.'
$undone = @($responses | Undo-DnsTunnelResponse -Confirm:$false)
foreach ($response in $undone) { "   $response" }
Remove-DnsTunnelException -Id $exception.Id @exceptions -Confirm:$false
"   The report, the journal and the history stay in $Folder."
