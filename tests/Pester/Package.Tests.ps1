#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'The package of the gallery' {
    BeforeDiscovery {
        $hasPSResourceGet = [bool] (Get-Module -Name Microsoft.PowerShell.PSResourceGet -ListAvailable)
    }
    BeforeAll {
        $root = (Resolve-Path -LiteralPath "$PSScriptRoot/../..").ProviderPath
        $project = 'https://git.example/dnstunnel'
        # The package of a release is tested as it is; otherwise one is made of what is staged.
        $package = $env:PACKAGE_UNDER_TEST ? (Get-Item -Path $env:PACKAGE_UNDER_TEST) : (& (Join-Path $root '.ci/New-Package.ps1') -Destination (Join-Path $TestDrive 'package') -ProjectUri $project -WarningAction SilentlyContinue)
        $installed = Join-Path $TestDrive 'Modules/DnsTunnel/0.0.0'
        [System.IO.Compression.ZipFile]::ExtractToDirectory($package.FullName, $installed)
        $metadata = ([xml] (Get-Content -LiteralPath (Join-Path $installed 'DnsTunnel.nuspec') -Raw)).package.metadata
        # What a client leaves out when it installs.
        foreach ($name in 'DnsTunnel.nuspec', '_rels', 'package', '[[]Content_Types].xml') { Remove-Item -Path (Join-Path $installed $name) -Recurse -Force }
        $manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $installed 'DnsTunnel.psd1')
        $versioned = Rename-Item -LiteralPath $installed -NewName $manifest.ModuleVersion -PassThru
    }

    It 'is smaller than 15 MB' { $package.Length | Should -BeLessThan 15MB }

    It 'has a manifest that leaves no question open' {
        $null = Test-ModuleManifest -Path (Join-Path $versioned 'DnsTunnel.psd1') -ErrorAction Stop
        foreach ($key in 'GUID', 'Author', 'Description', 'Copyright', 'PowerShellVersion', 'CompatiblePSEditions') { $manifest[$key] | Should -Not -BeNullOrEmpty }
        foreach ($key in 'Tags', 'LicenseUri', 'ProjectUri', 'IconUri', 'ReleaseNotes') { $manifest.PrivateData.PSData[$key] | Should -Not -BeNullOrEmpty }
        foreach ($key in 'FunctionsToExport', 'CmdletsToExport', 'AliasesToExport', 'VariablesToExport') { $manifest[$key] | Should -Not -Contain '*' }
    }

    It 'tells the gallery what it holds' {
        $metadata.id | Should -Be 'DnsTunnel'
        $metadata.version | Should -Be $manifest.ModuleVersion
        $tags = $metadata.tags -split ' '
        $tags | Should -Contain 'PSModule'
        $tags | Should -Contain 'PSEdition_Core'
        foreach ($cmdlet in $manifest.CmdletsToExport) { $tags | Should -Contain "PSCmdlet_$cmdlet" }
        $metadata.projectUrl | Should -Be $manifest.PrivateData.PSData.ProjectUri
    }

    It 'holds no file that nobody needs' {
        $files = Get-ChildItem -LiteralPath $versioned -Recurse -File -Force | ForEach-Object { [System.IO.Path]::GetRelativePath($versioned, $_).Replace('\', '/') }
        $ours = '^(DnsTunnel(\.PowerShell)?\.dll|DnsTunnel\.psd1|DnsTunnel\.cdx\.json|(Format|Types)\.ps1xml|LICENSE|NOTICE|(data|en-US)/[\w.-]+)$'
        $others = '^deps/([\w.]+\.(dll|json|txt)|runtimes/(win|linux|linux-musl|osx)(-(x64|x86|arm|arm64))?/(native|lib/net8\.0)/[\w.]+\.(dll|so|dylib))$'
        $files | Where-Object { $_ -notmatch $ours -and $_ -notmatch $others } | Should -BeNullOrEmpty
    }

    It 'says what it is made of' {
        $bill = Get-Content -LiteralPath (Join-Path $versioned 'DnsTunnel.cdx.json') -Raw | ConvertFrom-Json
        $bill.bomFormat | Should -Be 'CycloneDX'
        $named = $bill.components.name
        foreach ($name in 'SharpPcap', 'Microsoft.ML', 'DnsClient', 'SQLitePCLRaw.lib.e_sqlite3', 'Public Suffix List', 'uplot') { $named | Should -Contain $name }
        $bill.components | Where-Object { -not $_.licenses } | Should -BeNullOrEmpty
    }

    It 'works where modules are looked for by name' {
        $script = {
            param($Modules, $Capture)
            $env:PSModulePath = $Modules
            Import-Module -Name DnsTunnel -ErrorAction Stop
            (Test-DnsTunneling -Path $Capture).Domain
        }
        $capture = Join-Path $root 'examples/captures/dns2tcp.pcap'
        & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -Command $script -args (Join-Path $TestDrive 'Modules'), $capture | Should -Be 'tunnel.example'
    }

    It 'installs from a local repository' -Skip:(-not $hasPSResourceGet) {
        $repository = "DnsTunnel-$PID"
        Register-PSResourceRepository -Name $repository -Uri $package.DirectoryName -Trusted
        try {
            Save-PSResource -Name DnsTunnel -Repository $repository -Path (Join-Path $TestDrive 'Saved')
            Test-ModuleManifest -Path (Join-Path $TestDrive "Saved/DnsTunnel/$($manifest.ModuleVersion)/DnsTunnel.psd1") | Should -Not -BeNullOrEmpty
        }
        finally { Unregister-PSResourceRepository -Name $repository }
    }
}
