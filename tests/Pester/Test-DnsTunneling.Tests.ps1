#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Test-DnsTunneling' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $findings = Test-DnsTunneling -Path $captures
    }

    Context 'Verdict' {
        It 'finds the two tunnels and nothing else' {
            $findings.Domain | Should -Be 'tunnel.test', 'tunnel.example'
            $findings.Client | Should -Be '10.99.0.1', '10.71.1.2'
            $findings.IsTunnel | Should -Be $true, $true
        }
        It 'finds nothing in ordinary traffic' { Test-DnsTunneling -Path $office | Should -BeNullOrEmpty }
        It 'gives reasons with numbers' { $findings.Reasons | Should -Match '\d' }
        It 'explains the score by its features' {
            foreach ($finding in $findings) {
                $finding.Features.Keys | Should -Contain 'InformationBytes'
                $finding.Features['InformationBytes'].Contribution | Should -BeGreaterThan 0
            }
        }
        It 'bounds what can have leaked' { $findings[0].BytesOut | Should -BeGreaterThan 0; $findings[0].BytesOut | Should -BeLessOrEqual $findings[0].Windows[0].InformationBytes }
    }

    Context 'What a finding tells' {
        BeforeAll {
            # A name of hexadecimal digits each so many seconds.
            function New-Query([int] $Count, [string] $Domain, [double] $Every, [int] $Digits = 32, [int] $Seed = 1) {
                $random = [Random]::new($Seed)
                $start = [datetime]::new(2026, 1, 1, 12, 0, 0, [DateTimeKind]::Utc)
                foreach ($i in 0..($Count - 1)) {
                    $label = -join (1..$Digits | ForEach-Object { '{0:x}' -f $random.Next(16) })
                    [DnsTunnel.DnsQuery]@{ Timestamp = $start.AddSeconds($i * $Every); ClientAddress = '192.0.2.1'; QueryName = "$label.$Domain"; QueryType = 'A'; ResponseCode = 'NOERROR' }
                }
            }
        }
        It 'names the tool by its traits' { $findings.Tool | Should -Be 'iodine', 'dns2tcp' }
        It 'shows some of the names' {
            $findings[1].SampleNames | Should -HaveCount 5
            $findings[1].SampleNames | Should -BeLike '*.tunnel.example'
        }
        It 'says when a fast tunnel was first found, and over how long' {
            $findings[1].Timescale | Should -Be ([timespan]'00:02:00')
            $findings[1].FirstDetected | Should -BeGreaterThan $findings[1].FirstSeen
            ($findings[1].FirstDetected - $findings[1].FirstSeen).TotalSeconds | Should -BeLessThan 5
        }
        It 'puts a day together for a slow one' {
            $slow = New-Query -Count 48 -Domain 'slow.example.com' -Every 1200 | Test-DnsTunneling
            $slow.Timescale | Should -Be ([timespan]'1.00:00:00')
            ($slow.FirstDetected - $slow.FirstSeen).TotalHours | Should -BeLessThan 24
        }
        It 'has no time of detection under the threshold' {
            Test-DnsTunneling -Path $office -All | Where-Object { $_.FirstDetected } | Should -BeNullOrEmpty
        }
        It 'lists the domains that one payload is spread over' {
            $queries = foreach ($domain in 'alpha.com', 'bravo.net', 'charlie.org', 'delta.com', 'echo.net') { New-Query -Count 7 -Domain $domain -Every 5 -Seed ([int]$domain[0]) }
            $counting = Join-Path $TestDrive 'counting.json'
            Set-Content -LiteralPath $counting -Value '{ "format": "DnsTunnel model", "version": 1, "intercept": -10, "features": [{ "name": "UniqueNames", "values": [3, 30], "contributions": [0, 12] }] }'
            $finding = $queries | Test-DnsTunneling -Model $counting
            $finding | Should -HaveCount 1
            $finding.RelatedDomains | Should -HaveCount 4
        }
        It 'names the exception that was used up' {
            $finding = New-Query -Count 2500 -Domain 'i.01.s.sophosxl.net' -Every 0.3 | Test-DnsTunneling
            $finding.Domain | Should -Be 'sophosxl.net'
            $finding.Exception | Should -BeLike 'sophosxl.net*'
            New-Query -Count 500 -Domain 'i.01.s.sophosxl.net' -Every 0.3 | Test-DnsTunneling | Should -BeNullOrEmpty
        }
    }

    Context 'Model' {
        It 'is the one of -Model' {
            $model = Join-Path $TestDrive 'never.json'
            Set-Content -LiteralPath $model -Value '{ "format": "DnsTunnel model", "version": 1, "intercept": -20, "features": [{ "name": "UniqueNames", "values": [1], "contributions": [0] }] }'
            Test-DnsTunneling -Path $captures -Model $model | Should -BeNullOrEmpty
            (Test-DnsTunneling -Path $dns2tcp -Model $model -All).Features.Keys | Select-Object -Unique | Should -Be 'UniqueNames'
        }
        It 'is refused when it is <Name>' -ForEach @(
            @{ Name = 'no JSON'; Text = 'model'; Problem = '*no JSON*' }
            @{ Name = 'of another format'; Text = '{ "format": "onnx" }'; Problem = '*format*' }
            @{ Name = 'of another version'; Text = '{ "format": "DnsTunnel model", "version": 9 }'; Problem = '*version 9*' }
            @{ Name = 'of features that are not measured'; Text = '{ "format": "DnsTunnel model", "version": 1, "features": [{ "name": "Luck", "values": [1], "contributions": [1] }] }'; Problem = "*'Luck'*" }
        ) {
            $bad = Join-Path $TestDrive 'bad.json'
            Set-Content -LiteralPath $bad -Value $Text
            { Test-DnsTunneling -Path $dns2tcp -Model $bad } | Should -Throw -ErrorId 'ModelNotReadable,*' -ExpectedMessage $Problem
        }
        It 'is missing: an error' { Get-ErrorId { Test-DnsTunneling -Path $dns2tcp -Model 'missing.json' } | Should -Be 'ModelNotReadable' }
    }

    Context 'Binding' {
        It 'takes -LiteralPath' { (Test-DnsTunneling -LiteralPath $dns2tcp).Domain | Should -Be 'tunnel.example' }
        It 'takes <Name> from the pipeline' -ForEach @(
            @{ Name = 'paths'; Source = { $dns2tcp } }
            @{ Name = 'files'; Source = { Get-Item -LiteralPath $dns2tcp } }
            @{ Name = 'queries'; Source = { Start-DnsCapture -Path $dns2tcp } }
            @{ Name = 'volumes'; Source = { Get-DnsDomainVolume -Path $dns2tcp -ByClient } }
        ) {
            $finding = & $Source | Test-DnsTunneling
            $finding.Domain | Should -Be 'tunnel.example'
            $finding.Client | Should -Be '10.71.1.2'
            $finding.Score | Should -Be $findings[1].Score
        }
        It 'judges volumes that were not counted by client' {
            $finding = Get-DnsDomainVolume -Path $dns2tcp | Test-DnsTunneling
            $finding.Domain | Should -Be 'tunnel.example'
            $finding.Client | Should -BeNullOrEmpty
        }
        It 'refuses a threshold of <_>' -ForEach -1, 100.5 {
            $threshold = $_
            Get-ErrorId { Test-DnsTunneling -Path $dns2tcp -Threshold $threshold } | Should -Be 'ParameterArgumentValidationError'
        }
        It 'refuses -MaxFindings 0' { Get-ErrorId { Test-DnsTunneling -Path $dns2tcp -MaxFindings 0 } | Should -Be 'ParameterArgumentValidationError' }
        It 'says that an object is of no use' { Get-ErrorId { Get-Date | Test-DnsTunneling } | Should -Be 'InputNotUsable' }
    }

    Context 'What is emitted' {
        It 'is every scored domain with -All, the highest scores first' {
            $all = Test-DnsTunneling -Path $captures -All
            $all.Count | Should -BeGreaterThan 10
            $all | Where-Object IsTunnel | Should -HaveCount 2
            $all.Score | Should -Be ($all.Score | Sort-Object -Descending)
            $all | Where-Object IsTunnel -EQ $false | ForEach-Object Severity | Select-Object -Unique | Should -Be 'Low'
        }
        It 'is no more than -MaxFindings, with a warning' {
            Test-DnsTunneling -Path $captures -MaxFindings 1 -WarningVariable warnings -WarningAction SilentlyContinue | ForEach-Object Domain | Should -Be 'tunnel.test'
            $warnings | Should -BeLike '1 more findings*-MaxFindings*'
        }
        It 'depends on -Threshold' {
            $few = Start-DnsCapture -Path $dns2tcp | Select-Object -First 5
            $score = ($few | Test-DnsTunneling -All).Score
            $score | Should -BeLessThan 99.9
            $few | Test-DnsTunneling -Threshold ($score - 0.1) | Should -HaveCount 1
            $few | Test-DnsTunneling -Threshold ($score + 0.1) | Should -BeNullOrEmpty
        }
        It 'is one bool with -Quiet' {
            Test-DnsTunneling -Path $captures -Quiet | Should -BeExactly $true
            Test-DnsTunneling -Path $office -Quiet | Should -BeExactly $false
            Test-DnsTunneling -Path $office -Quiet -All | Should -BeExactly $false
        }
        It 'is one finding a domain and client, with all windows on it' {
            $finding = Test-DnsTunneling -Path $dns2tcp -Window 00:00:10
            $finding | Should -HaveCount 1
            $finding.Windows.Count | Should -BeGreaterThan 5
            ($finding.Windows | Measure-Object -Property InformationBytes -Sum).Sum | Should -BeGreaterOrEqual $finding.BytesOut
        }
    }

    Context 'Output' {
        It 'is what OutputType says' {
            $types = ($findings | Get-Member).TypeName, (Test-DnsTunneling -Path $office -Quiet).GetType().FullName | ForEach-Object { $_ } | Select-Object -Unique
            $types | Should -Be (Get-Command Test-DnsTunneling).OutputType.Name
        }
        It 'has a table for 100 columns' {
            $lines = Show-Object { Test-DnsTunneling -Path $captures -All }
            $lines[1] | Should -Be 'Score Severity Domain                       Client            BytesOut    BytesIn  Queries    Names'
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
        It 'has a list that explains' {
            $lines = Show-Object { $findings | Format-List }
            $lines -match '^Reasons +: ' | Should -HaveCount 2
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
    }

    Context 'Errors' {
        BeforeAll {
            $text = Join-Path $TestDrive 'notes.txt'
            Set-Content -LiteralPath $text -Value 'no capture'
        }
        It 'writes one error for a bad file and judges the others' {
            $found = Test-DnsTunneling -Path $text, $dns2tcp -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'CaptureNotReadable,*'
            $found.Domain | Should -Be 'tunnel.example'
        }
        It 'does not pass a bad file for clean when told to stop' {
            { Test-DnsTunneling -Path $text -Quiet -ErrorAction Stop } | Should -Throw -ErrorId 'CaptureNotReadable,*'
        }
        It 'says that a path is missing' { Get-ErrorId { Test-DnsTunneling -Path 'missing.pcap' } | Should -Be 'PathNotFound' }
        It 'says that a path is of another provider' { Get-ErrorId { Test-DnsTunneling -LiteralPath Env:PATH } | Should -Be 'PathNotFileSystem' }
    }

    Context 'Statistics' {
        It 'are a list with one object a file' {
            $null = Test-DnsTunneling -Path $dns2tcp, $office -StatisticsVariable statistics
            $statistics.Source | Should -Be $dns2tcp, $office
            $statistics.Queries | Should -Be 1240, 158
        }
    }

    Context 'Stop' {
        It 'ends when the pipeline wants no more' { Test-DnsTunneling -Path $captures | Select-Object -First 1 | ForEach-Object Domain | Should -Be 'tunnel.test' }
    }

    Context 'Completion' {
        It 'knows the parameters' { Get-Completion 'Test-DnsTunneling -Th' | Should -Be '-Threshold' }
        It 'knows the properties' { Get-Completion 'Test-DnsTunneling -Path . | Where-Object Bytes' | Should -Contain 'BytesOut' }
    }

    Context 'ClickHouse' {
        It 'says that there is no server' { Get-ErrorId { Test-DnsTunneling -ClickHouse http://127.0.0.1:1/dns } | Should -Be 'ServerNotReachable' }
        It 'refuses an address with a password, and does not show it' {
            Get-ErrorId { Test-DnsTunneling -ClickHouse http://me:pa55word@127.0.0.1/dns } | Should -Be 'AddressNotValid'
            try { Test-DnsTunneling -ClickHouse http://me:pa55word@127.0.0.1/dns } catch { "$_ $($_.TargetObject)" | Should -Not -BeLike '*pa55word*' }
        }
        It 'sends no password in the clear' {
            $login = [pscredential]::new('me', [Net.NetworkCredential]::new('', 'pa55word').SecurePassword)
            Get-ErrorId { Test-DnsTunneling -ClickHouse http://192.0.2.1:8123/dns -Credential $login } | Should -Be 'SecretNotEncrypted'
        }
        It 'takes no files at once' { Get-ErrorId { Test-DnsTunneling -ClickHouse http://127.0.0.1:1/dns -Path $dns2tcp } | Should -Be 'AmbiguousParameterSet' }
    }
}
