#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'New-DnsTunnelModel' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        function New-Manifest([string] $Name, [string[]] $Lines) {
            $path = Join-Path $TestDrive $Name
            Set-Content -LiteralPath $path -Value $Lines
            $path
        }
        $manifest = New-Manifest 'manifest.tsv' "path`tlabel`ttunnel_domain", "$iodine`ttunnel:iodine`ttunnel.test", "$dns2tcp`ttunnel:dns2tcp`ttunnel.example", "$office`tbenign"
        $model = Join-Path $TestDrive 'model.json'
        $written = New-DnsTunnelModel -Path $manifest -Destination $model
        $content = Get-Content -LiteralPath $model -Raw | ConvertFrom-Json
    }

    Context 'The model' {
        It 'is the file that is emitted' {
            $written | Should -BeOfType ([IO.FileInfo])
            $written.FullName | Should -Be $model
        }
        It 'names what it was trained on, with hashes' {
            $content.training.sources.path | Should -Be (Split-Path -Leaf $iodine), (Split-Path -Leaf $dns2tcp), (Split-Path -Leaf $office)
            $content.training.sources.label | Should -Be 'Tunnel', 'Tunnel', 'Benign'
            $content.training.sources[1].sha256 | Should -Be (Get-FileHash -LiteralPath $dns2tcp -Algorithm SHA256).Hash
        }
        It 'names the versions it was made with' {
            $content.training.version | Should -Be (Get-Module DnsTunnel).Version.ToString()
            $content.training.library | Should -Match '^\d+\.\d+'
        }
        It 'is the same to the byte when it is made again' {
            $again = New-DnsTunnelModel -Path $manifest -Destination (Join-Path $TestDrive 'again.json')
            (Get-FileHash -LiteralPath $again.FullName).Hash | Should -Be (Get-FileHash -LiteralPath $model).Hash
        }
        It 'finds tunnels' { (Test-DnsTunneling -Path $captures -Model $model).Domain | Sort-Object | Should -Be 'tunnel.example', 'tunnel.test' }
        It 'has features that go one way' {
            $names = $content.features | Where-Object name -EQ 'UniqueNames'
            $names.contributions | Should -Be ($names.contributions | Sort-Object)
        }
    }

    Context 'Binding' {
        It 'takes -LiteralPath' { New-DnsTunnelModel -LiteralPath $manifest -Destination (Join-Path $TestDrive 'literal.json') | Should -Exist }
        It 'takes files from the pipeline' { Get-Item -LiteralPath $manifest | New-DnsTunnelModel -Destination (Join-Path $TestDrive 'piped.json') | Should -Exist }
        It 'writes relative to the current location' {
            Push-Location -LiteralPath $TestDrive
            try { (New-DnsTunnelModel -Path $manifest -Destination 'relative.json').FullName | Should -Be (Join-Path $TestDrive 'relative.json') }
            finally { Pop-Location }
        }
    }

    Context 'Changes' {
        It 'makes none with -WhatIf' {
            New-DnsTunnelModel -Path $manifest -Destination (Join-Path $TestDrive 'none.json') -WhatIf | Should -BeNullOrEmpty
            Join-Path $TestDrive 'none.json' | Should -Not -Exist
        }
        It 'replaces nothing without -Force' {
            $mine = Join-Path $TestDrive 'mine.json'
            Set-Content -LiteralPath $mine -Value 'mine'
            Get-ErrorId { New-DnsTunnelModel -Path $manifest -Destination $mine } | Should -Be 'FileExists'
            Get-Content -LiteralPath $mine | Should -Be 'mine'
            New-DnsTunnelModel -Path $manifest -Destination $mine -Force | Should -Exist
            Get-Content -LiteralPath $mine -TotalCount 1 | Should -Be '{'
        }
    }

    Context 'Output' {
        It 'is what OutputType says' { (Get-Command New-DnsTunnelModel).OutputType.Name | Should -Be 'System.IO.FileInfo' }
    }

    Context 'Errors' {
        It 'says that there is nothing to train on: <Name>' -ForEach @(
            @{ Name = 'no tunnel'; Kind = 'benign' }
            @{ Name = 'nothing ordinary'; Kind = 'tunnel' }
        ) {
            $line = if ($Kind -eq 'benign') { "$office`tbenign`t" } else { "$iodine`ttunnel`ttunnel.test" }
            $part = New-Manifest 'part.tsv' "path`tlabel`ttunnel_domain", $line
            Get-ErrorId { New-DnsTunnelModel -Path $part -Destination (Join-Path $TestDrive 'part.json') } | Should -Be 'NothingToTrainOn'
            Join-Path $TestDrive 'part.json' | Should -Not -Exist
        }
        It 'says that a path is missing' {
            { New-DnsTunnelModel -Path 'missing.tsv' -Destination (Join-Path $TestDrive 'x.json') -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFound,*'
        }
        It 'says that the folder is missing' { Get-ErrorId { New-DnsTunnelModel -Path $manifest -Destination (Join-Path $TestDrive 'no/model.json') } | Should -Be 'FileNotWritable' }
    }

    Context 'Completion' {
        It 'knows the parameters' { Get-Completion 'New-DnsTunnelModel -Des' | Should -Be '-Destination' }
    }
}
