#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Import-DnsLog' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $bind = Join-Path $TestDrive 'queries.log'
        Set-Content -LiteralPath $bind -Value @(
            '14-Nov-2023 22:13:20.500 client @0x7f 192.0.2.1#40000 (A.b.example.com): query: A.b.example.com IN TXT +E(0)K (192.0.2.53)'
            '14-Nov-2023 22:13:21.500 client @0x7f 2001:db8::1#40001 (www.example.org): query: www.example.org IN AAAA +T (192.0.2.53)'
        )
        $zeek = Join-Path $TestDrive 'dns.log'
        Set-Content -LiteralPath $zeek -Value '{"ts":1700000000.5,"id.orig_h":"192.0.2.7","id.orig_p":40000,"proto":"udp","query":"c.example.net","qtype_name":"A","rcode_name":"NXDOMAIN"}'
    }

    Context 'Binding' {
        It 'takes -Path by position' { Import-DnsLog $bind | Should -HaveCount 2 }
        It 'takes several paths, of several formats' { Import-DnsLog -Path $bind, $zeek | Should -HaveCount 3 }
        It 'takes paths from the pipeline' { $bind, $zeek | Import-DnsLog | Should -HaveCount 3 }
        It 'takes files from the pipeline' { Get-Item -LiteralPath $bind, $zeek | Import-DnsLog | Should -HaveCount 3 }
        It 'takes the property <_> from the pipeline' -ForEach Path, LiteralPath, PSPath, FullName {
            [pscustomobject]@{ $_ = $bind } | Import-DnsLog | Should -HaveCount 2
        }
        It 'takes -InputObject' { Import-DnsLog -InputObject ([pscustomobject]@{ QueryName = 'a.example.com'; Time = [datetime]::UtcNow }) | Should -HaveCount 1 }
        It 'takes paths, files, rows and queries from one pipeline' {
            & { $bind; Get-Item -LiteralPath $zeek; [pscustomobject]@{ query = 'a.example.com'; ts = 1700000000 }; Import-DnsLog -Path $zeek } | Import-DnsLog | Should -HaveCount 5
        }
        It 'wants an input' {
            (Get-Command Import-DnsLog).ParameterSets.Where({ -not $_.Parameters.Where({ $_.IsMandatory }) }) | Should -BeNullOrEmpty
        }
        It 'refuses -Path with -LiteralPath' {
            Get-ErrorId { Import-DnsLog -Path $bind -LiteralPath $bind } | Should -Be 'AmbiguousParameterSet'
        }
        It 'refuses a format it does not know' { Get-ErrorId { Import-DnsLog -Path $bind -Format None } | Should -Be 'ParameterArgumentValidationError' }
        It 'reads a log as the format it is told' {
            Import-DnsLog -Path $zeek -Format ZeekJson | Should -HaveCount 1
            Import-DnsLog -Path $zeek -Format Bind -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warnings | Should -Not -BeNullOrEmpty
        }
    }

    Context 'Output' {
        It 'is what OutputType says' {
            (Import-DnsLog -Path $bind | Get-Member).TypeName | Select-Object -Unique | Should -Be (Get-Command Import-DnsLog).OutputType.Name
        }
        It 'has what the log tells' {
            $query = Import-DnsLog -Path $bind | Select-Object -First 1
            $query.QueryName | Should -BeExactly 'A.b.example.com'
            $query.QueryType | Should -Be 'TXT'
            $query.RegisteredDomain | Should -Be 'example.com'
            $query.ClientAddress | Should -Be '192.0.2.1'
            $query.ClientPort | Should -Be 40000
            $query.Timestamp | Should -Be ([datetime]::new(2023, 11, 14, 22, 13, 20, 500, [DateTimeKind]::Utc))
            $query.Timestamp.Kind | Should -Be 'Utc'
            $query.Source | Should -Be $bind
        }
        It 'has a table for 100 columns' {
            $lines = Show-Object { Import-DnsLog -Path $bind }
            $lines | Should -Contain 'Timestamp (UTC)         Client          Type   Response  QueryName'
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
        It 'goes on to the next cmdlets' {
            (Import-DnsLog -Path $bind, $zeek | Get-DnsDomainVolume).Domain | Sort-Object | Should -Be 'example.com', 'example.net', 'example.org'
        }
        It 'warns once of all bad lines of a file' {
            $path = Join-Path $TestDrive 'bad.log'
            Set-Content -LiteralPath $path -Value ((Get-Content -LiteralPath $zeek), '{ broken', '{ broken')
            Import-DnsLog -Path $path -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 1
            $warnings | Should -HaveCount 1
            $warnings[0] | Should -BeLike '*: 2 lines*line 2:*line 3:*'
        }
    }

    Context 'Objects' {
        BeforeAll {
            $queries = Import-DnsLog -Path $bind, $zeek
            $names = $queries.QueryName
        }
        It 'reads rows of a table' {
            $csv = Join-Path $TestDrive 'queries.csv'
            $queries | Select-Object -Property Timestamp, ClientAddress, QueryName, QueryType | Export-Csv -LiteralPath $csv
            (Import-Csv -LiteralPath $csv | Import-DnsLog).QueryName | Should -BeExactly $names
            (Import-DnsLog -Path $csv).QueryName | Should -BeExactly $names
            (Import-Csv -LiteralPath $csv | Get-DnsDomainVolume).Domain | Sort-Object | Should -Be 'example.com', 'example.net', 'example.org'
            Import-Csv -LiteralPath $csv | Test-DnsTunneling -All | Should -HaveCount 3
        }
        It 'reads all that Export-Csv wrote of a query' {
            $csv = Join-Path $TestDrive 'all.csv'
            $queries | Export-Csv -LiteralPath $csv
            $back = Import-Csv -LiteralPath $csv | Import-DnsLog
            $back.Source | Should -Be $bind, $bind, $zeek
            $back.Transport | Should -Be 'Udp', 'Tcp', 'Udp'
            $back.Answers | Should -BeNullOrEmpty
        }
        It 'reads queries that were saved' {
            $xml = Join-Path $TestDrive 'queries.xml'
            $queries | Export-Clixml -LiteralPath $xml
            Import-Clixml -LiteralPath $xml | Import-DnsLog | ConvertTo-Json | Should -Be ($queries | ConvertTo-Json)
        }
        It 'reads JSON' {
            $query = Get-Content -LiteralPath $zeek | ConvertFrom-Json | Import-DnsLog
            $query.QueryName | Should -BeExactly 'c.example.net'
            $query.ClientAddress | Should -Be '192.0.2.7'
            $query.ClientPort | Should -Be 40000
            $query.ResponseCode | Should -Be 'NXDOMAIN'
            $query.Timestamp | Should -Be $queries[2].Timestamp
        }
        It 'reads hashtables' { (@{ qname = 'a.example.com'; time = 1700000000 } | Import-DnsLog).RegisteredDomain | Should -Be 'example.com' }
        It 'says that an object is of no use, and goes on' {
            Get-ErrorId { [pscustomobject]@{ Colour = 'red' }, 5, $bind | Import-DnsLog } | Should -Be 'InputNotUsable', 'InputNotUsable'
            [pscustomobject]@{ Colour = 'red' }, $bind | Import-DnsLog -ErrorAction SilentlyContinue | Should -HaveCount 2
        }
    }

    Context 'Time zones' {
        It 'takes an id and an object' {
            (Import-DnsLog -Path $bind -TimeZone Europe/Berlin)[0].Timestamp.Hour | Should -Be 21
            (Import-DnsLog -Path $bind -TimeZone (Get-TimeZone -Id UTC))[0].Timestamp.Hour | Should -Be 22
        }
        It 'refuses a zone that does not exist' { Get-ErrorId { Import-DnsLog -Path $bind -TimeZone Mars } | Should -Be 'ParameterArgumentTransformationError' }
        It 'completes ids' {
            Get-Completion 'Import-DnsLog -TimeZone berl' | Should -Contain 'Europe/Berlin'
            (Get-Completion 'Import-DnsLog -TimeZone ')[0..1] | Should -Be 'UTC', 'Local'
        }
    }

    Context 'Errors' {
        It 'writes one error for a bad file and reads the others' {
            $text = Join-Path $TestDrive 'notes.txt'
            Set-Content -LiteralPath $text -Value 'no log'
            $queries = Import-DnsLog -Path $text, $bind -ErrorVariable problems -ErrorAction SilentlyContinue
            $queries | Should -HaveCount 2
            $problems.FullyQualifiedErrorId | Should -BeLike 'LogNotReadable,*'
            $problems[0].CategoryInfo.Category | Should -Be 'InvalidData'
            $problems[0].TargetObject | Should -Be $text
            $problems[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }
        It 'says that a capture is no log' { Get-ErrorId { Import-DnsLog -Path $dns2tcp } | Should -Be 'LogNotReadable' }
        It 'says that a path is missing' { Get-ErrorId { Import-DnsLog -Path 'missing.log' } | Should -Be 'PathNotFound' }
        It 'says that a path is of another provider' { Get-ErrorId { Import-DnsLog -Path Env:PATH } | Should -Be 'PathNotFileSystem' }
    }

    Context 'Statistics' {
        It 'are a list with one object a file and one for objects' {
            $first, $second = "$TestDrive/first.log", "$TestDrive/second.log"
            Set-Content -LiteralPath $first, $second -Value '24-Nov-2026 10:28:47.525 client 192.0.2.1#5 (a): query: a.example IN A + (192.0.2.53)'
            Import-DnsLog -Path $first, $second -StatisticsVariable statistics | Should -HaveCount 2
            $statistics.Source | Should -Be (Get-Item -LiteralPath $first, $second).FullName
            $statistics.Queries | Should -Be 1, 1
            $statistics[0] | Should -BeOfType DnsTunnel.SourceStatistics
            [pscustomobject]@{ QueryName = 'a.example'; Time = 1700000000 } | Import-DnsLog -StatisticsVariable statistics | Should -HaveCount 1
            $statistics.Queries | Should -Be 1
            $statistics.FirstSeen | Should -Be ([datetime]::UnixEpoch.AddSeconds(1700000000))
        }
        It 'have the warnings that are written' {
            Set-Content -LiteralPath "$TestDrive/third.log" -Value "24-Nov-2026 10:28:47.525 client 192.0.2.1#5 (a): query: $('a' * 64).example IN A + (192.0.2.53)"
            Import-DnsLog "$TestDrive/third.log" -StatisticsVariable statistics -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $statistics.Warnings | Should -HaveCount 2
            $warnings.Message | Should -Be ($statistics.Warnings | ForEach-Object { "'$TestDrive/third.log': $_" })
        }
        It 'are there when a log that is followed is stopped' {
            if (-not (Get-Command -Name Start-ThreadJob -ErrorAction Ignore)) { Set-ItResult -Skipped -Because 'there is no Start-ThreadJob'; return }
            $path, $module = "$TestDrive/first.log", (Get-Module DnsTunnel).Path
            $job = Start-ThreadJob {
                Import-Module $using:module
                try { Import-DnsLog $using:path -Wait -StatisticsVariable statistics } finally { [IO.File]::WriteAllText("$using:path.count", $statistics[0].Queries) }
            }
            for ($i = 0; $i -lt 100 -and -not $job.HasMoreData; $i++) { Start-Sleep -Milliseconds 100 }
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $job | Stop-Job
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
            $job.State | Should -Be 'Stopped'
            Get-Content -LiteralPath "$path.count" | Should -Be '1'
        }
    }

    Context 'Stop' {
        It 'ends when the pipeline wants no more' {
            Import-DnsLog -Path $bind, 'missing.log' -ErrorVariable problems -ErrorAction SilentlyContinue | Select-Object -First 1 | Should -HaveCount 1
            $problems | Should -BeNullOrEmpty -Because 'the second path is not looked at any more'
        }
    }

    Context 'Wait' {
        It 'reads a file from its start and ends when the pipeline wants no more' { Import-DnsLog -Path $bind -Wait | Select-Object -First 2 | Should -HaveCount 2 }
        It 'takes one file only' { Get-ErrorId { Import-DnsLog -Path $bind, $zeek -Wait } | Should -Be 'OneFileToFollow' }
        It 'is not for objects' { Get-ErrorId { $bind | Import-DnsLog -Wait } | Should -Not -BeNullOrEmpty }
    }

    Context 'dnstap' {
        BeforeAll {
            # START, a client query for TXT of a1b2c3.t.example.org, its response (NXDOMAIN), STOP.
            $stream = [Convert]::FromBase64String('AAAAAAAAACIAAAACAAAAAQAAABZwcm90b2J1ZjpkbnN0YXAuRG5zdGFwAAAAUwoDbnMxckoIBRABGAEiBMAAAgEqBMAAAjUwoB84NUCA' +
                '4s+qBk0AZc0dUiYABwEAAAEAAAAAAAAGYTFiMmMzAXQHZXhhbXBsZQNvcmcAABAAAXgBAAAAUwoDbnMxckoIBhABGAEiBMAAAgEqBMAAAjUwoB84NWCA4s+qBm0AZc0d' +
                'ciYAB4GDAAEAAAAAAAAGYTFiMmMzAXQHZXhhbXBsZQNvcmcAABAAAXgBAAAAAAAAAAQAAAAD')
            $dnstap = Join-Path $TestDrive 'a.fstrm'
            [IO.File]::WriteAllBytes($dnstap, $stream)

            # A DNS server that connects to a socket as soon as it is there, and sends the stream.
            function Start-Sender([string] $Socket) {
                $shell = [powershell]::Create().AddScript({
                    param($path, $bytes)
                    while (-not [IO.File]::Exists($path)) { Start-Sleep -Milliseconds 50 }
                    Start-Sleep -Milliseconds 200
                    $sender = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
                    $sender.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new($path))
                    $null = $sender.Send($bytes)
                    $sender.Dispose()
                }).AddArgument($Socket).AddArgument($stream)
                $null = $shell.BeginInvoke()
            }
        }
        BeforeEach { $socket = Join-Path ([IO.Path]::GetTempPath()) "$([guid]::NewGuid().ToString('n')).sock" }
        It 'is known by its content, and goes to other formats' {
            (Import-DnsLog -Path $dnstap).QueryName | Should -Be 'a1b2c3.t.example.org'
            Import-DnsLog -Path $dnstap | Export-DnsQuery "$TestDrive/a.ndjson"
            (Import-DnsLog -Path "$TestDrive/a.ndjson").ResponseCode | Should -Be 'NXDOMAIN'
        }
        It 'comes live until -Count' {
            Start-Sender $socket
            (Import-DnsLog -DnstapSocket $socket -Count 1).QueryName | Should -Be 'a1b2c3.t.example.org'
            [IO.File]::Exists($socket) | Should -BeFalse
        }
        It 'ends when the pipeline wants no more' {
            Start-Sender $socket
            (Import-DnsLog -DnstapSocket $socket | Select-Object -First 1).ClientAddress | Should -Be '192.0.2.1'
            [IO.File]::Exists($socket) | Should -BeFalse
        }
        It 'goes on to the next cmdlets after -Duration' {
            Start-Sender $socket
            (Import-DnsLog -DnstapSocket $socket -Duration 0:0:2 | Get-DnsDomainVolume).Domain | Should -Be 'example.org'
        }
        It 'takes an address and port' {
            Import-DnsLog -DnstapListen 127.0.0.1:0 -Duration 0:0:0.2 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -BeLike "'127.0.0.1:*': No DNS query in it*"
        }
        It 'refuses <_>' -ForEach '-DnstapListen here', '-DnstapListen 127.0.0.1:0 -Count 0', '-DnstapListen 127.0.0.1:0 -Duration 30', '-DnstapSocket a -DnstapSocketMode rw' {
            Get-ErrorId ([scriptblock]::Create("Import-DnsLog $_")) | Should -BeIn 'ParameterArgumentValidationError', 'ParameterArgumentTransformationError', 'CannotConvertArgumentNoMessage'
        }
        It 'does not replace a file' { Get-ErrorId { Import-DnsLog -DnstapSocket $dnstap } | Should -Be 'SocketExists' }
        It 'says that it cannot listen' { Get-ErrorId { Import-DnsLog -DnstapSocket "$TestDrive/missing/a" } | Should -Be 'CannotListen' }
    }

    Context 'Completion' {
        It 'completes formats by name and description' {
            Get-Completion 'Import-DnsLog -Format zeek' | Should -Be 'ZeekTsv', 'ZeekJson'
            Get-Completion 'Import-DnsLog -Format pi-hole' | Should -Be 'Dnsmasq'
        }
    }
}
