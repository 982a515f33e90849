#Requires -Version 7.4
<#
.SYNOPSIS
    Makes the package of the gallery from the module that is staged in output/DnsTunnel.
.DESCRIPTION
    Copies the staged module without debug symbols, completes its manifest, signs it when there is a certificate, writes what it is made of
    (CycloneDX) into it, and packs it. Emits the package.
.PARAMETER Destination
    The folder that gets the package. It is emptied first.
.PARAMETER ProjectUri
    Where the project is at home; by default what git calls origin, when that is a web address.
.PARAMETER CertificateThumbprint
    A code-signing certificate of the current user (Windows). Without one nothing is signed.
#>
[CmdletBinding()]
param(
    [string] $Destination = "$PSScriptRoot/../output/package",
    [string] $ProjectUri = ((git -C $PSScriptRoot remote get-url origin 2>$null) -replace '\.git$'),
    [string] $CertificateThumbprint = $env:SIGNING_CERTIFICATE
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$maximumSize = 15MB
$root = (Resolve-Path -LiteralPath "$PSScriptRoot/..").ProviderPath
$staged = Join-Path $root 'output/DnsTunnel'
$module = Join-Path $Destination 'DnsTunnel'
$manifest = Join-Path $module 'DnsTunnel.psd1'

if (Test-Path -LiteralPath $Destination) { Remove-Item -LiteralPath $Destination -Recurse }
$null = New-Item -ItemType Directory -Path $Destination
Copy-Item -LiteralPath $staged -Destination $module -Recurse
Get-ChildItem -LiteralPath $module -Recurse -Filter *.pdb | Remove-Item

$data = Import-PowerShellDataFile -LiteralPath $manifest
$version = $data.ModuleVersion
if ($ProjectUri -match '^https://') {
    $links = "ProjectUri   = '$ProjectUri'", "IconUri      = '$ProjectUri/raw/v$version/docs/icon.png'", "ReleaseNotes = '$ProjectUri/blob/v$version/CHANGELOG.md'"
    $text = (Get-Content -LiteralPath $manifest -Raw) -replace "(?m)^( *)LicenseUri = .*$", ('$0' + (-join $links.ForEach({ "`n`$1$_" })))
    Set-Content -LiteralPath $manifest -Value $text -NoNewline
}
else { Write-Warning 'Origin is no web address: the package has no ProjectUri, IconUri and ReleaseNotes. Give -ProjectUri.' }
$data = Import-PowerShellDataFile -LiteralPath $manifest

& "$PSScriptRoot/New-BillOfMaterials.ps1" -Module $module -Version $version | Set-Content -LiteralPath (Join-Path $module 'DnsTunnel.cdx.json')

if ($CertificateThumbprint) {
    $certificate = Get-Item -LiteralPath "Cert:/CurrentUser/My/$CertificateThumbprint"
    $ours = Get-ChildItem -LiteralPath $module -File | Where-Object Extension -In .dll, .psd1, .ps1xml
    $signatures = $ours | Set-AuthenticodeSignature -Certificate $certificate -HashAlgorithm SHA256 -TimestampServer 'http://timestamp.digicert.com'
    if ($signatures.Status -ne 'Valid') { throw "Not signed: $($signatures.Where({ $_.Status -ne 'Valid' }).Path)" }
}
else { Write-Warning 'There is no certificate: the package is not signed.' }

# What the gallery and Install-PSResource look for (PSResourceGet writes the same tags).
$cmdlets = $data.CmdletsToExport
$tags = @($data.PrivateData.PSData.Tags) + 'PSModule' + 'PSEdition_Core' + 'PSIncludes_Cmdlet' + $cmdlets.ForEach({ "PSCmdlet_$_" }) + $cmdlets.ForEach({ "PSCommand_$_" })
$fields = [ordered]@{
    id = 'DnsTunnel'; version = $version; authors = $data.Author; owners = $data.CompanyName; requireLicenseAcceptance = 'false'
    description = $data.Description; copyright = $data.Copyright; tags = $tags -join ' '; licenseUrl = $data.PrivateData.PSData.LicenseUri
}
foreach ($pair in @{ projectUrl = 'ProjectUri'; iconUrl = 'IconUri'; releaseNotes = 'ReleaseNotes' }.GetEnumerator()) {
    if ($data.PrivateData.PSData.Contains($pair.Value)) { $fields[$pair.Key] = $data.PrivateData.PSData[$pair.Value] }
}
$lines = $fields.GetEnumerator().ForEach({ "    <$($_.Key)>$([System.Security.SecurityElement]::Escape($_.Value))</$($_.Key)>" })
$nuspec = Join-Path $Destination 'DnsTunnel.nuspec'
Set-Content -LiteralPath $nuspec -Value (@('<package>', '  <metadata>') + $lines + '  </metadata>', '  <files><file src="**" target="" /></files>', '</package>')

$properties = "-p:NuspecFile=$nuspec", "-p:NuspecBasePath=$module", '-p:NoPackageAnalysis=true', '-p:NoWarn=NU5048%3BNU5125'
dotnet pack "$root/src/DnsTunnel.PowerShell" -c Release --no-build --nologo -v q -o $Destination @properties | Out-Host
if ($LASTEXITCODE -ne 0) { throw "dotnet pack failed with exit code $LASTEXITCODE." }
Remove-Item -LiteralPath $nuspec

$package = Get-Item -LiteralPath (Join-Path $Destination "DnsTunnel.$version.nupkg")
if ($package.Length -ge $maximumSize) { throw "The package has $($package.Length) bytes; $maximumSize are allowed." }
$package
