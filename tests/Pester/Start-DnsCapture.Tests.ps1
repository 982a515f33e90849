#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Start-DnsCapture' {
    BeforeAll { . "$PSScriptRoot/Common.ps1" }

    Context 'Binding' {
        It 'takes -Path by position' { Start-DnsCapture $dns2tcp | Should -HaveCount 1240 }
        It 'takes several paths' { Start-DnsCapture -Path $dns2tcp, $office | Should -HaveCount 1398 }
        It 'takes paths from the pipeline' { $dns2tcp, $office | Start-DnsCapture | Should -HaveCount 1398 }
        It 'takes files from the pipeline' { Get-ChildItem -LiteralPath $captures | Start-DnsCapture | Should -HaveCount 3164 }
        It 'takes the property <_> from the pipeline' -ForEach Path, LiteralPath, PSPath, FullName {
            [pscustomobject]@{ $_ = $dns2tcp } | Start-DnsCapture | Should -HaveCount 1240
        }
        It 'wants a path' {
            (Get-Command Start-DnsCapture).ParameterSets.Where({ -not $_.Parameters.Where({ $_.IsMandatory }) }) | Should -BeNullOrEmpty
        }
        It 'refuses -Path with -LiteralPath' {
            Get-ErrorId { Start-DnsCapture -Path $dns2tcp -LiteralPath $dns2tcp } | Should -Be 'AmbiguousParameterSet'
        }
        It 'refuses port <_>' -ForEach 0, 65536 {
            $port = $_
            Get-ErrorId { Start-DnsCapture -Path $dns2tcp -Port $port } | Should -Be 'ParameterArgumentValidationError'
        }
        It 'refuses an empty path' { Get-ErrorId { Start-DnsCapture -Path '' } | Should -Be 'ParameterArgumentValidationError' }
    }

    Context 'Paths' {
        BeforeAll {
            $null = New-Item -ItemType Directory -Path "$TestDrive/captures/below/it"
            Copy-Item -LiteralPath $dns2tcp -Destination "$TestDrive/captures/below/it/a.log"
            Copy-Item -LiteralPath $iodine -Destination "$TestDrive/captures/b[1].pcap"
        }
        It 'reads all files below a directory, whatever their names' { Start-DnsCapture -Path "$TestDrive/captures" | Should -HaveCount 3006 }
        It 'does the same for a literal directory' { Start-DnsCapture -LiteralPath "$TestDrive/captures" | Should -HaveCount 3006 }
        It 'expands wildcards of -Path' { Start-DnsCapture -Path "$TestDrive/captures/*.pcap" | Should -HaveCount 1766 }
        It 'takes brackets of -Path for a wildcard' { Get-ErrorId { Start-DnsCapture -Path "$TestDrive/captures/b[1].pcap" } | Should -Be 'PathNotFound' }
        It 'takes brackets of -LiteralPath for themselves' { Start-DnsCapture -LiteralPath "$TestDrive/captures/b[1].pcap" | Should -HaveCount 1766 }
        It 'takes brackets in the names of piped files for themselves' {
            Get-ChildItem -Path "$TestDrive/captures" -File | Start-DnsCapture | Should -HaveCount 1766
        }
        It 'takes paths of other drives of the file system' { Start-DnsCapture -Path TestDrive:/captures/below | Should -HaveCount 1240 }
        It 'takes paths relative to the location' {
            Push-Location -LiteralPath "$TestDrive/captures"
            try { Start-DnsCapture -Path below | Should -HaveCount 1240 } finally { Pop-Location }
        }
    }

    Context 'Output' {
        BeforeAll { $queries = Start-DnsCapture -Path $iodine }
        It 'is what OutputType says' { ($queries | Get-Member).TypeName | Select-Object -Unique | Should -Be (Get-Command Start-DnsCapture).OutputType.Name }
        It 'has the client and the registered domain' {
            $queries.ClientAddress | Select-Object -Unique | Should -Be '10.99.0.1'
            $queries.RegisteredDomain | Select-Object -Unique | Should -Be 'tunnel.test'
        }
        It 'has times in UTC' { $queries[0].Timestamp.Kind | Should -Be 'Utc' }
        It 'names its source' { $queries[0].Source | Should -Be $iodine }
        It 'has a table for 100 columns' {
            $lines = Show-Object { $queries }
            $lines | Should -Contain 'Timestamp (UTC)         Client          Type   Response  QueryName'
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
        It 'reads only the ports it is told' {
            Start-DnsCapture -Path $dns2tcp -Port 5353 -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warnings | Should -HaveCount 1
            $warnings[0] | Should -BeLike '*No DNS query in*-Port*'
        }
    }

    Context 'Errors' {
        BeforeAll {
            $damaged = Join-Path $TestDrive 'damaged.pcap'
            [IO.File]::WriteAllBytes($damaged, [IO.File]::ReadAllBytes($dns2tcp)[0..20000])
            $text = Join-Path $TestDrive 'notes.pcap'
            Set-Content -LiteralPath $text -Value 'no capture'
        }
        It 'emits what stands before the damage, writes one error, and goes on' {
            $queries = Start-DnsCapture -Path $damaged, $office -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'CaptureNotReadable,*'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
            $problems[0].TargetObject | Should -Be $damaged
            $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            ($queries | Where-Object Source -EQ $damaged).Count | Should -BeGreaterThan 50
            $queries | Where-Object Source -EQ $office | Should -HaveCount 158
        }
        It 'says that a file is no capture' { Get-ErrorId { Start-DnsCapture -Path $text } | Should -Be 'CaptureNotReadable' }
        It 'says that a path is missing: <_>' -ForEach 'missing.pcap', '*.missing', 'nodrive:/a.pcap' {
            $path = $_
            Get-ErrorId { Start-DnsCapture -Path $path } | Should -Be 'PathNotFound'
        }
        It 'says that a literal path is missing' { Get-ErrorId { Start-DnsCapture -LiteralPath 'missing.pcap' } | Should -Be 'PathNotFound' }
        It 'says that a path is of another provider' {
            Get-ErrorId { Start-DnsCapture -Path Env:PATH } | Should -Be 'PathNotFileSystem'
            Get-ErrorId { Start-DnsCapture -LiteralPath Env:PATH } | Should -Be 'PathNotFileSystem'
        }
        It 'shows no control characters of a name' {
            $problems = $null
            Start-DnsCapture -LiteralPath "a`e[31m" -ErrorVariable problems -ErrorAction SilentlyContinue
            "$($problems[0].Exception.Message)$($problems[0].ErrorDetails)" | Should -Not -Match '\p{Cc}'
        }
        It 'ends at the first error when told' { { Start-DnsCapture -Path $text, $office -ErrorAction Stop } | Should -Throw -ErrorId 'CaptureNotReadable,*' }
    }

    Context 'Statistics' {
        It 'are a list with one object a file' {
            $null = Start-DnsCapture -Path $dns2tcp, $office -StatisticsVariable statistics
            $statistics | Should -HaveCount 2
            $statistics[0].GetType().FullName | Should -Be 'DnsTunnel.CaptureStatistics'
            $statistics.Source | Should -Be $dns2tcp, $office
            $statistics[0].Requests | Should -Be 1240
            ($statistics | Measure-Object -Property KernelDropped, QueueDropped, InterfaceDropped -Sum).Sum | Select-Object -Unique | Should -Be 0
        }
    }

    Context 'Interfaces' {
        BeforeDiscovery { $cannotCapture = -not ($IsLinux -and [Environment]::IsPrivilegedProcess -and (Test-Path -Path '/usr/lib/*/libpcap.so*', '/usr/lib*/libpcap.so*')) }
        It 'is a parameter set of its own' {
            Get-ErrorId { Start-DnsCapture -Path $dns2tcp -Interface lo } | Should -Be 'AmbiguousParameterSet'
            Get-ErrorId { Start-DnsCapture -Path $dns2tcp -Count 5 } | Should -Be 'AmbiguousParameterSet'
        }
        It 'refuses <_>' -ForEach '-BufferSize 1KB', '-BufferSize 1100MB', '-Duration 10', '-Count 0' {
            $script = [scriptblock]::Create("Start-DnsCapture -Interface lo $_")
            Get-ErrorId $script | Should -BeLike 'ParameterArgument*Error*'
        }
        It 'says that an interface is missing' -Skip:$cannotCapture { Get-ErrorId { Start-DnsCapture -Interface nothing0 } | Should -Be 'CaptureInterfaceNotFound' }
        It 'says that a filter is not valid' -Skip:$cannotCapture { Get-ErrorId { Start-DnsCapture -Interface lo -Filter 'port fifty' } | Should -Be 'CaptureFilterNotValid' }
        It 'ends after its duration and warns that there was nothing' -Skip:$cannotCapture {
            Start-DnsCapture -Interface lo -Port 9 -Duration 0:0:0.5 -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warnings | Should -HaveCount 1
            $warnings[0] | Should -BeLike "'lo': No DNS query in it*"
        }
        It 'ends when its job is stopped' -Skip:$cannotCapture {
            if (-not (Get-Command -Name Start-ThreadJob -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no Start-ThreadJob'; return }
            $job = Start-ThreadJob { Start-DnsCapture -Interface lo -Port 9 }
            Start-Sleep -Seconds 1
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $job | Stop-Job
            $job.State | Should -Be 'Stopped'
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
        }
    }

    Context 'Stop' {
        It 'ends when the pipeline wants no more' {
            Start-DnsCapture -Path $dns2tcp, 'missing.pcap' -ErrorVariable problems -ErrorAction SilentlyContinue | Select-Object -First 1 | Should -HaveCount 1
            $problems | Should -BeNullOrEmpty -Because 'the second path is not looked at any more'
        }
    }

    Context 'Completion' {
        It 'knows the parameters' { Get-Completion 'Start-DnsCapture -L' | Should -Contain '-LiteralPath' }
        It 'completes paths' {
            Push-Location -LiteralPath $captures
            try { Get-Completion 'Start-DnsCapture -Path iod' | Should -BeLike '*iodine.pcap.gz' } finally { Pop-Location }
        }
    }
}
