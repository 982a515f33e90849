#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Get-DnsDomainVolume' {
    BeforeAll { . "$PSScriptRoot/Common.ps1" }

    Context 'Binding' {
        It 'takes -Path by position' { (Get-DnsDomainVolume $dns2tcp).Domain | Should -Be 'tunnel.example' }
        It 'takes -LiteralPath' { (Get-DnsDomainVolume -LiteralPath $dns2tcp).QueryCount | Should -Be 1240 }
        It 'takes -InputObject' { (Get-DnsDomainVolume -InputObject $dns2tcp).QueryCount | Should -Be 1240 }
        It 'takes paths, files and queries from one pipeline' {
            $volumes = & { $dns2tcp; Get-Item -LiteralPath $iodine; Start-DnsCapture -Path $dns2tcp } | Get-DnsDomainVolume
            $volumes.Domain | Should -Be 'tunnel.test', 'tunnel.example'
            $volumes.QueryCount | Should -Be 1766, 2480
        }
        It 'takes the property <_> from the pipeline' -ForEach PSPath, FullName {
            ([pscustomobject]@{ $_ = $dns2tcp } | Get-DnsDomainVolume).QueryCount | Should -Be 1240
        }
        It 'reads all files below a directory' {
            (Get-DnsDomainVolume -Path $captures).QueryCount | Measure-Object -Sum | ForEach-Object Sum | Should -Be 3164
        }
        It 'refuses a window of <_>' -ForEach '900', '00:00:00.5', '367.00:00:00' {
            $window = $_
            Get-ErrorId { Get-DnsDomainVolume -Path $dns2tcp -Window $window } | Should -Be 'ParameterArgumentValidationError'
        }
        It 'refuses -Top 0' { Get-ErrorId { Get-DnsDomainVolume -Path $dns2tcp -Top 0 } | Should -Be 'ParameterArgumentValidationError' }
        It 'says that an object is of no use, and goes on' {
            Get-ErrorId { 5, '', $dns2tcp | Get-DnsDomainVolume } | Should -Be 'InputNotUsable', 'InputNotUsable'
            (5, $dns2tcp | Get-DnsDomainVolume -ErrorAction SilentlyContinue).QueryCount | Should -Be 1240
        }
    }

    Context 'Windows' {
        It 'counts by quarters of an hour' {
            $volumes = Get-DnsDomainVolume -Path $office
            $volumes | ForEach-Object { $_.WindowEnd - $_.WindowStart } | Select-Object -Unique | Should -Be ([timespan] '00:15:00')
            $volumes | ForEach-Object { $_.WindowStart.Minute % 15 } | Select-Object -Unique | Should -Be 0
        }
        It 'counts the same in windows of another length' {
            $hours = Get-DnsDomainVolume -Path $office -Window 01:00:00
            $hours.WindowStart | Select-Object -Unique | Should -HaveCount 1
            ($hours | Measure-Object -Property QueryCount -Sum).Sum | Should -Be 158
        }
        It 'counts all inputs together' { (Get-DnsDomainVolume -Path $dns2tcp, $dns2tcp).QueryCount | Should -Be 2480 }
        It 'counts a query object as it counts the file' {
            $fromObjects = Start-DnsCapture -Path $iodine | Get-DnsDomainVolume -ByClient
            $fromFile = Get-DnsDomainVolume -Path $iodine -ByClient
            ($fromObjects | ConvertTo-Json) | Should -Be ($fromFile | ConvertTo-Json)
        }
        It 'orders by window, then by information' {
            $volumes = Get-DnsDomainVolume -Path $captures
            $sorted = $volumes | Sort-Object -Property WindowStart, @{ Expression = 'InformationBytes'; Descending = $true } -Stable
            $volumes.InformationBytes | Should -Be $sorted.InformationBytes
            $volumes.WindowStart | Should -Be $sorted.WindowStart
        }
        It 'takes the top of each window' {
            $volumes = Get-DnsDomainVolume -Path $office -Top 1
            $volumes.Domain | Should -Be 'microsoft.com', 'microsoft.com'
        }
        It 'counts each client apart when told' {
            $volumes = Get-DnsDomainVolume -Path $office -ByClient
            $volumes.Client | Should -Not -Contain $null
            (Get-DnsDomainVolume -Path $office).Client | Select-Object -Unique | Should -BeNullOrEmpty
            ($volumes | Measure-Object -Property QueryCount -Sum).Sum | Should -Be 158
        }
    }

    Context 'Output' {
        It 'is what OutputType says' {
            (Get-DnsDomainVolume -Path $dns2tcp | Get-Member).TypeName | Select-Object -Unique | Should -Be (Get-Command Get-DnsDomainVolume).OutputType.Name
        }
        It 'has a table for 100 columns' {
            $lines = Show-Object { Get-DnsDomainVolume -Path $captures -ByClient }
            foreach ($header in 'Window (UTC)', 'Domain', 'Client', 'Queries', 'Names', 'Info/B', 'Clients') { $lines[1] | Should -Match ([regex]::Escape($header)) }
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
    }

    Context 'Errors' {
        It 'writes one error for a bad file and counts the others' {
            $text = Join-Path $TestDrive 'notes.txt'
            Set-Content -LiteralPath $text -Value 'no capture'
            $volumes = Get-DnsDomainVolume -Path $text, $dns2tcp -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'CaptureNotReadable,*'
            $volumes.QueryCount | Should -Be 1240
        }
        It 'says that a path is missing' { Get-ErrorId { Get-DnsDomainVolume -Path 'missing.pcap' } | Should -Be 'PathNotFound' }
        It 'says that a path is of another provider' { Get-ErrorId { Get-DnsDomainVolume -Path Env:PATH } | Should -Be 'PathNotFileSystem' }
    }

    Context 'Statistics' {
        It 'are a list with one object a file' {
            $null = Get-DnsDomainVolume -Path $dns2tcp, $office -StatisticsVariable statistics
            $statistics.Source | Should -Be $dns2tcp, $office
            $statistics.Queries | Should -Be 1240, 158
        }
    }

    Context 'Stop' {
        It 'ends when the pipeline wants no more' { Get-DnsDomainVolume -Path $captures | Select-Object -First 1 | Should -HaveCount 1 }
    }

    Context 'Completion' {
        It 'knows the parameters' { Get-Completion 'Get-DnsDomainVolume -W' | Should -Contain '-Window' }
        It 'knows the properties' { Get-Completion 'Get-DnsDomainVolume -Path . | Sort-Object -Property Inf' | Should -Contain 'InformationBytes' }
    }

    Context 'ClickHouse' {
        It 'says that there is no server' { Get-ErrorId { Get-DnsDomainVolume -ClickHouse http://127.0.0.1:1/dns } | Should -Be 'ServerNotReachable' }
        It 'refuses an address with a password, and does not show it' {
            Get-ErrorId { Get-DnsDomainVolume -ClickHouse http://me:pa55word@127.0.0.1/dns } | Should -Be 'AddressNotValid'
            try { Get-DnsDomainVolume -ClickHouse http://me:pa55word@127.0.0.1/dns } catch { "$_ $($_.TargetObject)" | Should -Not -BeLike '*pa55word*' }
        }
        It 'sends no password in the clear' {
            $login = [pscredential]::new('me', [Net.NetworkCredential]::new('', 'pa55word').SecurePassword)
            Get-ErrorId { Get-DnsDomainVolume -ClickHouse http://192.0.2.1:8123/dns -Credential $login } | Should -Be 'SecretNotEncrypted'
        }
        It 'takes no files at once' { Get-ErrorId { Get-DnsDomainVolume -ClickHouse http://127.0.0.1:1/dns -Path $dns2tcp } | Should -Be 'AmbiguousParameterSet' }
    }
}
