#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Measure-DnsTunnelModel' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        function New-Manifest([string] $Name, [string[]] $Lines) {
            $path = Join-Path $TestDrive $Name
            Set-Content -LiteralPath $path -Value $Lines
            $path
        }
        $manifest = New-Manifest 'manifest.tsv' "path`tlabel`ttunnel_domain`ttool`tpayload_bytes",
            "$iodine`ttunnel`ttunnel.test`tiodine`t200000", "$dns2tcp`ttunnel`ttunnel.example`tdns2tcp", "$office`tbenign"
        $measurements = Measure-DnsTunnelModel -Path $manifest
    }

    Context 'Measurements' {
        It 'finds both tunnels and nothing else' {
            $own = $measurements | Where-Object Rule -EQ 'DnsTunnel'
            $own.Found | Should -Be $true, $true, $null
            $own.FalseDomains | Should -BeNullOrEmpty
            $own.Domains | Should -Be 'tunnel.test', 'tunnel.example'
        }
        It 'measures each capture with every rule' {
            $measurements | Group-Object -Property Path | ForEach-Object Count | Should -Be 9, 9, 9
        }
        It 'finds no sooner by its schedule than Elastic does by its condition' {
            foreach ($capture in $measurements | Where-Object Label -EQ 'Tunnel' | Group-Object -Property Path) {
                $met = $capture.Group | Where-Object Rule -EQ 'Elastic'
                $seen = $capture.Group | Where-Object Rule -EQ 'ElasticSchedule'
                $seen.SecondsBefore | Should -BeGreaterThan $met.SecondsBefore
                $seen.BytesBefore | Should -BeGreaterThan $met.BytesBefore
            }
        }
        It 'bounds the payload' {
            $measurements | Where-Object PayloadBytes | ForEach-Object TunnelBytes | Select-Object -Unique | Should -BeGreaterThan 200000
        }
        It 'sums up by rule with -Summary' {
            $summary = Measure-DnsTunnelModel -Path $manifest -Rule DnsTunnel, RITA -Summary | Where-Object { $_ -is [DnsTunnel.DnsTunnelMeasurementSummary] }
            $summary.Rule | Should -Be 'DnsTunnel', 'RITA'
            $summary[0].FoundRate | Should -Be 1
            $summary[0].FoundRates.Keys | Should -Be 'dns2tcp', 'iodine'
            $summary[0].Roc.Threshold | Should -Contain 50
            $summary[1].Roc | Should -BeNullOrEmpty
        }
    }

    Context 'Binding' {
        It 'takes -LiteralPath' { Measure-DnsTunnelModel -LiteralPath $manifest -Rule nDPI | Should -HaveCount 3 }
        It 'takes files from the pipeline' { Get-Item -LiteralPath $manifest | Measure-DnsTunnelModel -Rule nDPI | Should -HaveCount 3 }
        It 'refuses a rule that there is not' { Get-ErrorId { Measure-DnsTunnelModel -Path $manifest -Rule Snort } | Should -Be 'ParameterArgumentValidationError' }
        It 'refuses a threshold of <_>' -ForEach -1, 100.5 {
            $threshold = $_
            Get-ErrorId { Measure-DnsTunnelModel -Path $manifest -Threshold $threshold } | Should -Be 'ParameterArgumentValidationError'
        }
    }

    Context 'Models' {
        It 'uses the one of -Model' {
            $model = (New-DnsTunnelModel -Path $manifest -Destination (Join-Path $TestDrive 'model.json')).FullName
            $own = Measure-DnsTunnelModel -Path $manifest -Rule DnsTunnel -Model $model
            $own.Found | Should -Be $true, $true, $null
            $own.Score | Should -Not -Be ($measurements | Where-Object Rule -EQ 'DnsTunnel').Score
        }
        It 'says that one is none' {
            $bad = New-Manifest 'bad.json' '{ "format": "other" }'
            Get-ErrorId { Measure-DnsTunnelModel -Path $manifest -Model $bad } | Should -Be 'ModelNotReadable'
        }
        It 'finds each tool by a model without it with -LeaveOneOut' {
            $left = Measure-DnsTunnelModel -Path $manifest -Rule DnsTunnel -LeaveOneOut -WarningAction SilentlyContinue
            $left.Tool | Should -Be 'iodine', 'dns2tcp', $null
            $left.Found | Should -Be $true, $true, $null
        }
        It 'says what cannot be left out with -LeaveOneOut' {
            $null = Measure-DnsTunnelModel -Path $manifest -Rule DnsTunnel -LeaveOneOut -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -BeLike '*nothing to train on*'
        }
    }

    Context 'Output' {
        It 'is what OutputType says' {
            $types = Measure-DnsTunnelModel -Path $manifest -Rule Zeek -Summary | ForEach-Object { $_.GetType().FullName } | Select-Object -Unique
            $types | Should -Be (Get-Command Measure-DnsTunnelModel).OutputType.Name
        }
        It 'has tables for 100 columns' {
            $lines = Show-Object { Measure-DnsTunnelModel -Path $manifest -Rule Zeek, Sigma -Summary }
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
    }

    Context 'Errors' {
        It 'names the line and the column of <Name>' -ForEach @(
            @{ Name = 'a header without labels'; Lines = "path`tnotes"; Place = 'line 1, column label' }
            @{ Name = 'a tunnel without a domain'; Lines = "path`tlabel", "x`ttunnel"; Place = 'line 2, column tunnel_domain' }
            @{ Name = 'a payload that is no number'; Lines = "path`tlabel`tpayload_bytes", "x`tbenign`tmany"; Place = 'line 2, column payload_bytes' }
        ) {
            $bad = New-Manifest 'bad.tsv' $Lines
            Measure-DnsTunnelModel -Path $bad -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
            $problems.FullyQualifiedErrorId | Should -BeLike 'ManifestNotUsable,*'
            $problems.Exception.Message | Should -BeLike "*$Place*"
        }
        It 'goes on after a capture that is missing' {
            $some = New-Manifest 'some.tsv' "path`tlabel", "missing.pcap`tbenign", "$office`tbenign"
            Measure-DnsTunnelModel -Path $some -Rule Zeek -ErrorVariable problems -ErrorAction SilentlyContinue | Should -HaveCount 1
            $problems.FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        }
        It 'says that a path is missing' { Get-ErrorId { Measure-DnsTunnelModel -Path 'missing.tsv' } | Should -Be 'PathNotFound' }
    }

    Context 'Stop' {
        It 'ends when the pipeline wants no more' { Measure-DnsTunnelModel -Path $manifest | Select-Object -First 1 | Should -HaveCount 1 }
    }

    Context 'Completion' {
        It 'knows the rules' { Get-Completion 'Measure-DnsTunnelModel -Rule E' | Should -Be 'Elastic', 'ElasticSchedule' }
    }
}
