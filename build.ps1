#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and tries the module.
.DESCRIPTION
    Needs only the .NET SDK; Pester 5 and PSScriptAnalyzer are used when they are installed.
.PARAMETER Task
    Example: builds and runs examples/Find-DnsTunnel.ps1 (default). Build: stages the module in output/DnsTunnel.
    Test: xUnit, Pester and PSScriptAnalyzer. Pester: Pester alone, against the module that is staged. Package: builds the package of the
    gallery in output/package. Clean: removes what the build made.
.PARAMETER Configuration
    Debug or Release.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Example', 'Build', 'Test', 'Pester', 'Package', 'Clean')]
    [string] $Task = 'Example',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Invoke-DotNet {
    dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

function Test-Tool {
    param([string] $Name, [version] $MinimumVersion)

    $found = Get-Module -Name $Name -ListAvailable | Where-Object Version -GE $MinimumVersion
    if (-not $found) { Write-Warning "$Name $MinimumVersion or later is not installed: its checks did NOT run. Install-Module -Name $Name" }
    return [bool] $found
}

function Invoke-PesterSuite {
    if (-not (Test-Tool -Name Pester -MinimumVersion 5.0)) { return }

    # A process of its own: assemblies cannot be unloaded, and the next build could not replace them.
    $suite = {
        param($Path)
        Import-Module -Name Pester -MinimumVersion 5.0
        $settings = New-PesterConfiguration
        $settings.Run.Path = $Path
        $settings.Run.Exit = $true
        Invoke-Pester -Configuration $settings
    }
    pwsh -NoProfile -NonInteractive -Command $suite -args (Join-Path -Path $PSScriptRoot -ChildPath 'tests/Pester')
    if ($LASTEXITCODE -ne 0) { throw 'Pester tests failed.' }
}

function Invoke-Analyzer {
    if (-not (Test-Tool -Name PSScriptAnalyzer -MinimumVersion 1.20)) { return }

    $scripts = Get-ChildItem -Path build.ps1, .ci, module, examples, tests -Recurse -Include *.ps1, *.psd1 |
        Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
    $findings = $scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Severity Warning, Error }
    if ($findings) {
        $findings | Format-Table -Property ScriptName, Line, RuleName, Message -Wrap | Out-Host
        throw "PSScriptAnalyzer has $(@($findings).Count) findings."
    }
}

Push-Location -LiteralPath $PSScriptRoot
try {
    switch ($Task) {
        'Example' { Invoke-DotNet run -c $Configuration --project src/DnsTunnel.Shell '--' -File examples/Find-DnsTunnel.ps1 }
        'Build' { Invoke-DotNet build -c $Configuration }
        'Test' {
            Invoke-DotNet test -c $Configuration
            Invoke-PesterSuite
            Invoke-Analyzer
        }
        'Pester' { Invoke-PesterSuite }
        'Package' {
            Invoke-DotNet build -c Release src/DnsTunnel.PowerShell
            .ci/New-Package.ps1
        }
        'Clean' {
            Invoke-DotNet clean -c $Configuration
            if (Test-Path -LiteralPath output) { Remove-Item -LiteralPath output -Recurse }
        }
    }
}
finally {
    Pop-Location
}
