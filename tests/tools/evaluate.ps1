# Measures rules on labelled captures: into -Destination, evaluation.tsv has a row a capture and rule, evaluation-summary.tsv one a set and
# rule, evaluation-roc.tsv one a threshold. evaluate.sh runs it, with DnsTunnel.Shell.
# -Sets is a file of lines: name, manifests, folders that paths are written from, options ('unlabelled', 'leave-one-out'); parted by
# tabs, several manifests or folders by semicolons.
param([string] $Sets, [string] $Model, [string] $Destination)
$ErrorActionPreference = 'Stop'
$culture = [Globalization.CultureInfo]::InvariantCulture
$tab = "`t"

# A cell: numbers alike on every machine, nothing for null and for what is not a number.
function Get-Cell($Value) {
    if ($null -eq $Value) { return '' }
    if ($Value -is [double]) {
        if ([double]::IsNaN($Value)) { return '' }
        return [Math]::Round($Value, 4).ToString('0.####', $culture)
    }
    [string]::Format($culture, '{0}', $Value)
}

function Get-RelativePath([string] $Path, [string] $Folders) {
    $Path = $Path.Replace('\', '/')
    foreach ($folder in $Folders.Split(';')) { if ($Path.StartsWith("$folder/")) { return $Path.Substring($folder.Length + 1) } }
    $Path
}

$rows = [Collections.Generic.List[string]]::new()
$sums = [Collections.Generic.List[string]]::new()
$points = [Collections.Generic.List[string]]::new()
$rows.Add((('set', 'rule', 'path', 'label', 'tool', 'group', 'rate', 'payload_bytes', 'found', 'score', 'queries_before', 'bytes_before', 'seconds_before',
    'tunnel_queries', 'tunnel_bytes', 'queries', 'seconds', 'false_domains', 'unjudged_domains', 'domains') -join $tab))
$sums.Add((('set', 'rule', 'tunnels', 'found', 'found_rate', 'median_queries_before', 'median_bytes_before', 'median_seconds_before', 'false_domains',
    'benign', 'benign_queries', 'benign_hours', 'false_in_benign', 'false_per_million_queries', 'false_per_week') -join $tab))
$points.Add((('set', 'rule', 'threshold', 'found_rate', 'false_domain_rate', 'false_domains') -join $tab))

foreach ($line in [IO.File]::ReadAllLines($Sets)) {
    $set, $manifests, $folders, $options = $line.Split($tab)
    $arguments = @{ Path = $manifests.Split(';'); Model = $Model; Summary = $true; IncludeUnlabelled = $options.Contains('unlabelled') }
    if ($options.Contains('leave-one-out')) { $arguments.LeaveOneOut = $true; $arguments.Rule = 'DnsTunnel' }
    $falseInBenign = @{}
    Measure-DnsTunnelModel @arguments | ForEach-Object {
        if ($_ -is [DnsTunnel.DnsTunnelMeasurement]) {
            if ("$($_.Label)" -eq 'Benign') { $falseInBenign[$_.Rule] += $_.FalseDomainCount }
            $path = Get-RelativePath $_.Path $folders
            $group = Get-RelativePath $_.Group $folders
            # Which they are, of this project's rule alone: others have hundreds.
            $domains = if ($_.Rule -eq 'DnsTunnel') { ($_.FalseDomains + $_.UnjudgedDomains) -join ' ' }
            $cells = $set, $_.Rule, $path, $_.Label, $_.Tool, $group, $_.Rate, $_.PayloadBytes, $_.Found, $_.Score, $_.QueriesBefore, $_.BytesBefore, $_.SecondsBefore,
                $_.TunnelQueries, $_.TunnelBytes, $_.QueryCount, $_.Duration.TotalSeconds, $_.FalseDomainCount, $_.UnjudgedDomains.Length, $domains
            $rows.Add((($cells | ForEach-Object { Get-Cell $_ }) -join $tab))
        }
        else {
            $cells = $set, $_.Rule, $_.TunnelCaptures, $_.FoundCaptures, $_.FoundRate, $_.MedianQueriesBefore, $_.MedianBytesBefore, $_.MedianSecondsBefore, $_.FalseDomainCount,
                $_.BenignCaptures, $_.BenignQueries, $_.BenignDuration.TotalHours, [int]$falseInBenign[$_.Rule], $_.FalsePerMillionQueries, $_.FalsePerWeek
            $sums.Add((($cells | ForEach-Object { Get-Cell $_ }) -join $tab))
            foreach ($point in $_.Roc) {
                $cells = $set, $_.Rule, $point.Threshold, $point.FoundRate, $point.FalseDomainRate, $point.FalseDomainCount
                $points.Add((($cells | ForEach-Object { Get-Cell $_ }) -join $tab))
            }
        }
    }
}

$files = @{ 'evaluation.tsv' = $rows; 'evaluation-summary.tsv' = $sums; 'evaluation-roc.tsv' = $points }
foreach ($name in $files.Keys) { [IO.File]::WriteAllText([IO.Path]::Combine($Destination, $name), ($files[$name] -join "`n") + "`n") }
