#Requires -Version 7.4
<#
.SYNOPSIS
    Says what the module is made of, as a CycloneDX document.
.DESCRIPTION
    Libraries, their hashes and licences come from the module's deps.json and from the packages that the build restored; the data and script
    that others wrote tell their versions themselves.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Version
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$packages = (dotnet nuget locals global-packages --list) -replace '^global-packages: '

function Get-Licence([string] $Path) {
    [xml] $nuspec = Get-Content -LiteralPath (Get-Item -Path (Join-Path $packages "$Path/*.nuspec")).FullName -Raw
    $licence = $nuspec.SelectSingleNode("//*[local-name()='license' and @type='expression']")
    if ($licence) { return @{ expression = $licence.InnerText } }
    @{ license = @{ name = 'see url'; url = $nuspec.SelectSingleNode("//*[local-name()='licenseUrl']").InnerText } }
}

$deps = Get-Content -LiteralPath (Join-Path $Module 'deps/DnsTunnel.PowerShell.deps.json') -Raw | ConvertFrom-Json -AsHashtable
$components = foreach ($library in $deps.libraries.GetEnumerator() | Where-Object { $_.Value.type -eq 'package' } | Sort-Object -Property Key) {
    $name, $of = $library.Key -split '/'
    $hash = [System.Convert]::ToHexStringLower([System.Convert]::FromBase64String(($library.Value.sha512 -replace '^sha512-')))
    [ordered]@{
        type = 'library'; 'bom-ref' = "pkg:nuget/$name@$of"; name = $name; version = $of; purl = "pkg:nuget/$name@$of"
        licenses = @(Get-Licence $library.Value.path); hashes = @(@{ alg = 'SHA-512'; content = $hash })
    }
}
$list = Select-String -LiteralPath (Join-Path $Module 'data/public_suffix_list.dat') -Pattern '^// VERSION: (\S+)' | Select-Object -First 1
$chart = Select-String -LiteralPath "$PSScriptRoot/../src/DnsTunnel/Report/Assets/uPlot.iife.min.js" -Pattern 'uPlot \(v([\d.]+)\)' | Select-Object -First 1
$components += [ordered]@{ type = 'data'; name = 'Public Suffix List'; version = $list.Matches[0].Groups[1].Value; licenses = @(@{ expression = 'MPL-2.0' }) }
$components += [ordered]@{ type = 'library'; name = 'uplot'; version = $chart.Matches[0].Groups[1].Value; purl = "pkg:npm/uplot@$($chart.Matches[0].Groups[1].Value)"; licenses = @(@{ expression = 'MIT' }) }

[ordered]@{
    bomFormat = 'CycloneDX'; specVersion = '1.5'; version = 1
    metadata = @{ component = [ordered]@{ type = 'library'; name = 'DnsTunnel'; version = $Version; licenses = @(@{ expression = 'MIT' }) } }
    components = $components
} | ConvertTo-Json -Depth 8
