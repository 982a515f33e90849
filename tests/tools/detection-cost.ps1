# What Test-DnsTunneling costs beside Get-DnsDomainVolume, which only counts: medians of -Runs runs each, in turns, after one of each
# that does not count. Run it with DnsTunnel.Shell after a Release build; -Path are captures, -Result the file for the table.
#
#   python3 ../shared/tools/make-pcap.py -n 1000000 -m 100000 million.pcap
#   dotnet run -c Release --project tests/DnsTunnel.Generators -- folder --only 'benign/office-day-1*'
#   dotnet run -c Release --project src/DnsTunnel.Shell -- -File tests/tools/detection-cost.ps1 -Path million.pcap,folder/benign/office-day-1.pcap
param([string] $Path, [string] $Result, [int] $Runs = 5)
$ErrorActionPreference = 'Stop'
$WarningPreference = 'SilentlyContinue'

function Get-Seconds([scriptblock] $Script) {
    [GC]::Collect()
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $null = & $Script
    $watch.Elapsed.TotalSeconds
}

function Get-Median([double[]] $Values) {
    [Array]::Sort($Values)
    $Values[[Math]::Floor($Values.Length / 2)]
}

function Format-Number([double] $Value) { $Value.ToString('0.000', [Globalization.CultureInfo]::InvariantCulture) }

$rows = @("capture`tqueries`tvolume_seconds`tvolume_by_client_seconds`ttest_seconds`ttest_to_volume`ttest_to_volume_by_client")
foreach ($file in $Path.Split(',')) {
    $queries = 0
    foreach ($volume in Get-DnsDomainVolume -Path $file) { $queries += $volume.QueryCount }
    $times = @{ Volume = @(); ByClient = @(); Test = @() }
    foreach ($run in 0..$Runs) {
        $volume = Get-Seconds { Get-DnsDomainVolume -Path $file }
        $byClient = Get-Seconds { Get-DnsDomainVolume -Path $file -ByClient }
        $test = Get-Seconds { Test-DnsTunneling -Path $file }
        if ($run -eq 0) { continue }
        $times.Volume += $volume
        $times.ByClient += $byClient
        $times.Test += $test
    }
    $volume, $byClient, $test = (Get-Median $times.Volume), (Get-Median $times.ByClient), (Get-Median $times.Test)
    $cells = [IO.Path]::GetFileName($file), $queries, (Format-Number $volume), (Format-Number $byClient), (Format-Number $test),
        (Format-Number ($test / $volume)), (Format-Number ($test / $byClient))
    $rows += $cells -join "`t"
}

$rows
if ($Result) { [IO.File]::WriteAllText([IO.Path]::GetFullPath($Result), ($rows -join "`n") + "`n") }
