#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Start-DnsTunnelMonitor' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        # A Zeek log of a tunnel of so many names, the last of them some time ago.
        function Write-Log([string] $Path, [int] $Names, [string] $Domain = 'tunnel.example', [timespan] $Ago = 0) {
            $end = [DateTimeOffset]::UtcNow - $Ago
            $lines = foreach ($i in 1..$Names) {
                $time = $end.AddMilliseconds(20 * ($i - $Names)).ToUnixTimeMilliseconds() / 1000
                '{{"ts":{0},"id.orig_h":"192.0.2.7","query":"{1}.{2}","qtype_name":"TXT","rcode_name":"NOERROR"}}' -f $time.ToString([cultureinfo]::InvariantCulture), [guid]::NewGuid().ToString('N'), $Domain
            }
            [IO.File]::AppendAllLines($Path, [string[]]$lines)
        }
    }
    BeforeEach {
        $folder = (New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))).FullName
        $log = Join-Path $folder 'dns.log'
        $state = @{ StatePath = Join-Path $folder 'state.json' }
        $file = Join-Path $folder 'out.ndjson'
    }

    Context 'Once' {
        It 'tells each finding once, however often it runs' {
            Write-Log $log 200
            $first = Start-DnsTunnelMonitor -Path $log -Once -OutFile $file @state
            $first.Domain | Should -Be 'tunnel.example'
            $first.Life | Should -Be 'New'
            Start-DnsTunnelMonitor -Path $log -Once -OutFile $file @state | Should -BeNullOrEmpty
            $alert = [IO.File]::ReadAllLines($file) | ConvertFrom-Json
            $alert.dns_tunnel.life | Should -Be 'New'
        }
        It 'tells each finding once over a rotating log' {
            $told = foreach ($run in 1..4) {
                Write-Log "$folder/dns.log" 100 "t$run.example"
                Start-DnsTunnelMonitor -Path "$folder/dns.log*" -Once -Last 0:45 @state
                Move-Item "$folder/dns.log" "$folder/dns.log.$run"
            }
            # Domains of one client with like names are one tunnel, which is told again when it has one more.
            $told.Domain + $told.RelatedDomains | Sort-Object -Unique | Should -Be 't1.example', 't2.example', 't3.example', 't4.example'
        }
        It 'writes the history, and the next monitor knows the past from it' {
            $history = @{ HistoryPath = Join-Path $folder 'history.db' }
            Write-Log $log 200 -Ago 1:00
            $null = Start-DnsTunnelMonitor -Path $log -Once -UpdateHistory @history @state
            (Get-DnsDomainHistory -Domain tunnel.example @history).Findings.Status | Should -Be 'New'
            Write-Log "$folder/next.log" 200
            $found = Start-DnsTunnelMonitor -Path "$folder/next.log" -Once @history -StatePath "$folder/next.json"
            $found.Reasons -like '*it was a finding before*' | Should -HaveCount 1
            $found.Features['DomainPast'].Contribution | Should -BeGreaterThan 0
        }
        It 'reads captures' { Start-DnsTunnelMonitor -Path $dns2tcp -Once @state | ForEach-Object Domain | Should -Be 'tunnel.example' }
        It 'leaves out what is too old' {
            Write-Log $log 200 -Ago 2:00
            Start-DnsTunnelMonitor -LiteralPath $log -Once -Last 0:45 -WarningAction SilentlyContinue @state | Should -BeNullOrEmpty
        }
        It 'says when no query came, once' {
            Write-Log $log 5 -Ago 2:00
            foreach ($run in 1, 2) { $null = Start-DnsTunnelMonitor -Path $log -Once -Last 0:45 -OutFile $file -WarningVariable warnings -WarningAction SilentlyContinue @state }
            $notice = [IO.File]::ReadAllLines($file) | ConvertFrom-Json
            $notice.event.action | Should -Be 'source-silent'
            Write-Log $log 5
            $null = Start-DnsTunnelMonitor -Path $log -Once -Last 0:45 -OutFile $file -WarningAction SilentlyContinue @state
            ([IO.File]::ReadAllLines($file) | ConvertFrom-Json).event.action | Should -Contain 'source-back'
        }
        It 'is an error for a file that is none, and reads the others' {
            Write-Log $log 200
            [IO.File]::WriteAllText("$folder/other.txt", "nothing`nof`nthe kind`n")
            $found = [Collections.ArrayList]::new()
            Get-ErrorId { Start-DnsTunnelMonitor -Path $folder/*.txt, $log -Once @state -OutVariable +found } | Should -Be 'CaptureNotReadable'
            $found | Should -HaveCount 1
        }
    }

    Context 'On and on' {
        It 'finds what is written to logs while it follows them' {
            Write-Log $log 1
            $second = Join-Path $folder 'second.log'
            [IO.File]::WriteAllText($second, '')
            $writer = [powershell]::Create().AddScript(${function:Write-Log}.ToString()).AddArgument($second).AddArgument(200)
            $running = $writer.BeginInvoke()
            $watch = [Diagnostics.Stopwatch]::StartNew()
            $found = Start-DnsTunnelMonitor -Path $log, $second -Count 1 -Duration 0:1 @state
            $found.Domain | Should -Be 'tunnel.example'
            $watch.Elapsed.TotalSeconds | Should -BeLessThan 30
            $writer.EndInvoke($running)
            $writer.Dispose()
        }
        It 'takes queries of the pipeline' {
            $told = Start-DnsCapture $dns2tcp | Start-DnsTunnelMonitor @state
            $told.Domain | Select-Object -Unique | Should -Be 'tunnel.example'
            # While it grew.
            $told.Life | Should -Be 'New', 'Ongoing'
            $told.Severity | Should -Be 'Medium', 'High'
        }
        It 'says that nothing is seen, and since when' {
            Write-Log $log 1
            $null = Start-DnsTunnelMonitor -Path $log -SilentAfter 0:0:1 -Duration 0:0:3 -OutFile $file -WarningVariable warnings -WarningAction SilentlyContinue @state
            @($warnings -like 'No DNS was seen since *') | Should -HaveCount 1
            ([IO.File]::ReadAllLines($file) | ConvertFrom-Json).event.kind | Should -Be 'pipeline_error'
        }
        It 'says that there is no terminal for a dashboard, and goes on without' {
            $told = Start-DnsTunnelMonitor -Path $dns2tcp -Once -Dashboard -WarningVariable warnings -WarningAction SilentlyContinue @state
            $told.Domain | Should -Be 'tunnel.example'
            "$warnings" | Should -BeLike '*No dashboard is shown: *'
        }
        It 'goes on while a receiver is down' {
            $null = Start-DnsCapture $dns2tcp | Start-DnsTunnelMonitor -Uri http://127.0.0.1:9/s3cret -MaximumRetryCount 0 -WarningVariable warnings -WarningAction SilentlyContinue @state
            Get-ChildItem -LiteralPath "$($state.StatePath).webhook-outbox" -Filter *.json | Should -HaveCount 2
            "$warnings" | Should -Not -Match 's3cret'
        }
    }

    Context 'Errors' {
        It 'says that another has the state' {
            $held = [IO.File]::Open("$($state.StatePath).lock", 'OpenOrCreate', 'ReadWrite', 'None')
            try { Get-ErrorId { Start-DnsTunnelMonitor -Path $dns2tcp -Once @state } | Should -Be 'StateNotUsable' }
            finally { $held.Dispose() }
        }
        It 'says that a file is not there' { Get-ErrorId { Start-DnsTunnelMonitor -Path "$folder/none" @state } | Should -Be 'PathNotFound' }
        It 'sets a state aside that it cannot understand' {
            [IO.File]::WriteAllText($state.StatePath, 'x')
            $null = Start-DnsTunnelMonitor -Path $dns2tcp -Once -WarningVariable warnings -WarningAction SilentlyContinue @state
            $warnings | Should -BeLike 'The state file could not be understood*'
        }
        It 'goes on when the file cannot be written' {
            Start-DnsTunnelMonitor -Path $dns2tcp -Once -OutFile "$folder/none/out" -WarningVariable warnings -WarningAction SilentlyContinue @state | Should -BeNullOrEmpty
            "$warnings" | Should -Match 'Could not tell'
            # Not told, so told with the next run.
            Start-DnsTunnelMonitor -Path $dns2tcp -Once @state | Should -HaveCount 1
        }
    }

    Context 'ClickHouse' {
        It 'finds while there is no server, and says once that queries wait' {
            $found = Start-DnsTunnelMonitor -Path $dns2tcp -Once -ClickHouse http://127.0.0.1:1/dns -OutboxPath "$folder/outbox" -MaximumRetryCount 0 -WarningVariable warnings -WarningAction SilentlyContinue @state
            $found | Should -HaveCount 1
            $warnings | Should -HaveCount 1
            $warnings | Should -BeLike '127.0.0.1:1 was not reached*Queries for http://127.0.0.1:1/dns?table=dns_query wait in the outbox.'
            Get-ChildItem -Path "$folder/outbox" -Filter *.queries | Should -HaveCount 1
        }
        It 'keeps what a file holds once' {
            foreach ($i in 1, 2) { $null = Start-DnsTunnelMonitor -Path $dns2tcp -Once -ClickHouse http://127.0.0.1:1/dns -OutboxPath "$folder/twice" -MaximumRetryCount 0 -WarningAction SilentlyContinue @state }
            Get-ChildItem -Path "$folder/twice" -Filter *.queries | Should -HaveCount 1
        }
        It 'refuses an address with a password' { Get-ErrorId { Start-DnsTunnelMonitor -Path $dns2tcp -Once -ClickHouse http://me:pa55word@127.0.0.1/dns @state } | Should -Be 'AddressNotValid' }
        It 'sends no password in the clear' {
            $login = [pscredential]::new('me', [Net.NetworkCredential]::new('', 'pa55word').SecurePassword)
            Get-ErrorId { Start-DnsTunnelMonitor -Path $dns2tcp -Once -ClickHouse http://192.0.2.1:8123/dns -ClickHouseCredential $login @state } | Should -Be 'SecretNotEncrypted'
        }
    }

    Context 'Stop' {
        It 'ends at once, and keeps what it found' {
            Write-Log $log 200
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript({
                    param($module, $log, $file, $state)
                    Import-Module $module
                    Start-DnsTunnelMonitor -Path $log -Interval 1:00 -OutFile $file -StatePath $state
                }).AddArgument((Get-Module DnsTunnel).Path).AddArgument($log).AddArgument($file).AddArgument($state.StatePath)
                $running = $shell.BeginInvoke()
                foreach ($i in 1..200) { if (-not [IO.File]::Exists($file)) { Start-Sleep -Milliseconds 100 } }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            }
            finally { $shell.Dispose() }
            [IO.File]::ReadAllLines($file) | Should -HaveCount 1
            (Get-Content -Raw $state.StatePath | ConvertFrom-Json).findings | Should -HaveCount 1
        }
    }
}
