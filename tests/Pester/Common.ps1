# Imports the staged module, as a user does, and names the captures that come with the project. Dot-source it in BeforeAll.
$PSStyle.OutputRendering = 'PlainText'
$root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").ProviderPath
Import-Module -Name (Join-Path $root 'output/DnsTunnel/DnsTunnel.psd1') -ErrorAction Stop

$captures = Join-Path $root 'examples/captures'
$iodine = Join-Path $captures 'iodine.pcap.gz' # tunnel.test, asked by 10.99.0.1: 1766 queries
$dns2tcp = Join-Path $captures 'dns2tcp.pcap' # tunnel.example, asked by 10.71.1.2: 1240 queries
$office = Join-Path $captures 'windows-office.pcap' # no tunnel: 158 queries after the repeated ones

# The error ids of a script without the name of the cmdlet, those of terminating errors too.
function Get-ErrorId([scriptblock] $Script) {
    $ErrorActionPreference = 'Continue'
    try { $records = & $Script 2>&1 }
    catch { $records = $_ }
    $records | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }
}

# What a screen of 100 columns shows, in lines.
function Show-Object([scriptblock] $Script) { (& $Script | Out-String -Width 100) -split '\r?\n' | ForEach-Object TrimEnd }

# The completions of a line with the cursor at its end.
function Get-Completion([string] $Line) { (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches.CompletionText }
