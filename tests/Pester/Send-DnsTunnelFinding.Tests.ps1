#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Send-DnsTunnelFinding' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $all = Test-DnsTunneling -Path $dns2tcp, $office -All
        $finding = $all | Where-Object IsTunnel
        $closed = 'http://127.0.0.1:9/s3cret'

        # Takes so many requests on loopback in a runspace of its own; Complete-Receiver emits their bodies.
        function Start-Receiver([int] $Port, [int] $Count, [int] $Status = 200) {
            $listener = [Net.HttpListener]::new()
            $listener.Prefixes.Add("http://127.0.0.1:$Port/")
            $listener.Start()
            $shell = [powershell]::Create().AddScript({
                param($listener, $count, $status)
                foreach ($i in 1..$count) {
                    $context = $listener.GetContext()
                    [IO.StreamReader]::new($context.Request.InputStream).ReadToEnd()
                    $context.Response.StatusCode = $status
                    $context.Response.Close()
                }
            }).AddArgument($listener).AddArgument($Count).AddArgument($Status)
            @{ Listener = $listener; Shell = $shell; Running = $shell.BeginInvoke() }
        }
        function Complete-Receiver([hashtable] $Receiver) {
            if (-not $Receiver.Running.AsyncWaitHandle.WaitOne(20000)) { throw 'too few requests came' }
            $Receiver.Shell.EndInvoke($Receiver.Running)
            $Receiver.Shell.Dispose()
            $Receiver.Listener.Close()
        }
        function Get-FreePort {
            $probe = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $probe.Start()
            $probe.LocalEndpoint.Port
            $probe.Stop()
        }
    }
    BeforeEach { $file = Join-Path $TestDrive "$([guid]::NewGuid()).ndjson" }

    Context 'File' {
        It 'gets a line a finding, with the fields of an alert' {
            $finding | Send-DnsTunnelFinding $file
            $alert = [IO.File]::ReadAllLines($file) | ConvertFrom-Json -AsHashtable
            $alert.event.kind | Should -Be 'alert'
            $alert.dns.question.registered_domain | Should -Be 'tunnel.example'
            $alert.source.ip | Should -Be '10.71.1.2'
            $alert.event.risk_score | Should -Be $finding.RiskScore
        }
        It 'is added to' {
            1..2 | ForEach-Object { $finding | Send-DnsTunnelFinding -Path $file }
            [IO.File]::ReadAllLines($file) | Should -HaveCount 2
        }
        It 'gets no line for what is no tunnel' {
            $all | Send-DnsTunnelFinding -LiteralPath $file
            [IO.File]::ReadAllLines($file) | Should -HaveCount 1
        }
        It 'gets the same from a finding that was saved: <_>' -ForEach 'Clixml', 'Json' {
            if ($_ -eq 'Clixml') {
                $finding | Export-Clixml "$file.xml" -Depth 4
                $saved = Import-Clixml "$file.xml"
            }
            else { $saved = $finding | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
            $finding | Send-DnsTunnelFinding $file
            $saved | Send-DnsTunnelFinding $file
            $live, $again = [IO.File]::ReadAllLines($file) -replace '"created":"[^"]*"'
            $again | Should -BeExactly $live
        }
        It 'is left alone with -WhatIf' {
            $finding | Send-DnsTunnelFinding $file -WhatIf
            [IO.File]::Exists($file) | Should -BeFalse
        }
    }

    Context 'Syslog' {
        It 'gets a datagram a finding: <Format>' -ForEach @{ Format = 'Rfc5424'; Like = '<3?>1 *dnsTunnel@32473*domain="tunnel.example"*' }, @{ Format = 'Cef'; Like = '<3?>1 *CEF:0|DnsTunnel|*destinationDnsDomain=tunnel.example *' } {
            $server = [Net.Sockets.UdpClient]::new([Net.IPEndPoint]::new([Net.IPAddress]::Loopback, 0))
            try {
                $finding | Send-DnsTunnelFinding -SyslogServer "127.0.0.1:$($server.Client.LocalEndPoint.Port)" -Format $Format
                $received = $server.ReceiveAsync()
                $received.Wait(5000) | Should -BeTrue
                [Text.Encoding]::UTF8.GetString($received.Result.Buffer) | Should -BeLike $Like
            }
            finally { $server.Dispose() }
        }
    }

    Context 'Webhook' {
        It 'gets a JSON body' {
            $port = Get-FreePort
            $receiver = Start-Receiver $port 1
            $finding | Send-DnsTunnelFinding -Uri "http://127.0.0.1:$port/" | Should -BeNullOrEmpty
            Complete-Receiver $receiver | ConvertFrom-Json | ForEach-Object { $_.rule.name } | Should -Be 'DNS Tunneling'
        }
        It 'gets later, and first, what waited in the outbox' {
            $port = Get-FreePort
            $outbox = Join-Path $TestDrive 'outbox'
            $finding | Send-DnsTunnelFinding -Uri "http://127.0.0.1:$port/" -OutboxPath $outbox -MaximumRetryCount 0 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -BeLike '1 findings wait in*'
            $receiver = Start-Receiver $port 2
            $finding | Send-DnsTunnelFinding -Uri "http://127.0.0.1:$port/" -OutboxPath $outbox
            Complete-Receiver $receiver | Should -HaveCount 2
            Get-ChildItem -LiteralPath $outbox -Filter *.json | Should -BeNullOrEmpty
        }
        It 'that refuses a finding is told of, and the finding kept' {
            $port = Get-FreePort
            $receiver = Start-Receiver $port 1 422
            $outbox = Join-Path $TestDrive 'refusing'
            Get-ErrorId { $finding | Send-DnsTunnelFinding -Uri "http://127.0.0.1:$port/" -OutboxPath $outbox } | Should -Be 'FindingRefused'
            $null = Complete-Receiver $receiver
            Get-ChildItem -LiteralPath "$outbox/refused" | Should -HaveCount 1
        }
        It 'is not asked with -WhatIf' {
            $finding | Send-DnsTunnelFinding -Uri $closed -OutboxPath "$TestDrive/none" -WhatIf
            Test-Path -LiteralPath "$TestDrive/none" | Should -BeFalse
        }
    }

    Context 'Errors' {
        It 'says that input is no finding' { Get-ErrorId { 'text' | Send-DnsTunnelFinding $file } | Should -Be 'InputNotUsable' }
        It 'says that a folder is missing' { Get-ErrorId { $finding | Send-DnsTunnelFinding "$TestDrive/missing/a.ndjson" } | Should -Be 'FileNotWritable' }
        It 'says that an address is none: <_>' -ForEach 'host:x', '[::1' { Get-ErrorId { $finding | Send-DnsTunnelFinding -SyslogServer $_ } | Should -Be 'SyslogServerNotValid' }
        It 'says that a webhook is none: <_>' -ForEach 'relative', 'ftp://a.example/', 'https://user:s3cret@a.example/' { Get-ErrorId { $finding | Send-DnsTunnelFinding -Uri $_ } | Should -Be 'UriNotValid' }
        It 'sends no secret unencrypted' { Get-ErrorId { $finding | Send-DnsTunnelFinding -Uri http://a.example/ -Headers @{ Authorization = 's3cret' } } | Should -Be 'SecretNotEncrypted' }
        It 'says that a receiver is not there' { Get-ErrorId { $finding | Send-DnsTunnelFinding -Uri $closed -MaximumRetryCount 0 } | Should -Be 'ReceiverNotReachable' }
        It 'says that a certificate is none' {
            [IO.File]::WriteAllText($file, 'no certificate')
            Get-ErrorId { $finding | Send-DnsTunnelFinding -Uri https://127.0.0.1:9/ -TrustedCertificate $file } | Should -Be 'CertificateNotReadable'
        }
        It 'shows no secret' {
            $headers = @{ Authorization = 'Bearer s3cret' }
            $shown = & { $finding | Send-DnsTunnelFinding -Uri $closed -Headers $headers -MaximumRetryCount 0 -Verbose } *>&1
            $shown | Should -Not -BeNullOrEmpty
            foreach ($record in $shown | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }) { "$record $($record.Exception) $($record.TargetObject) $($record.ErrorDetails)" | Should -Not -Match 's3cret' }
            ($shown | Where-Object { $_ -isnot [System.Management.Automation.ErrorRecord] }) -join ' ' | Should -Not -Match 's3cret'
        }
    }

    Context 'Stop' {
        It 'ends while a receiver does not answer' {
            $silent = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $silent.Start()
            $shell = [powershell]::Create()
            try {
                $null = $shell.AddScript({
                    param($module, $finding, $port)
                    Import-Module $module
                    $finding | Send-DnsTunnelFinding -Uri "http://127.0.0.1:$port/"
                }).AddArgument((Get-Module DnsTunnel).Path).AddArgument($finding).AddArgument($silent.LocalEndpoint.Port)
                $null = $shell.BeginInvoke()
                $silent.AcceptTcpClientAsync().Wait(20000) | Should -BeTrue
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $shell.Stop()
                $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
            }
            finally {
                $shell.Dispose()
                $silent.Stop()
            }
        }
    }

    Context 'Completion' {
        It 'completes -Transport' { Get-Completion 'Send-DnsTunnelFinding -SyslogServer a -Transport ' | Should -Be 'Tcp', 'Tls', 'Udp' }
        It 'completes -Format' { Get-Completion 'Send-DnsTunnelFinding -SyslogServer a -Format ' | Should -Be 'Cef', 'Rfc5424' }
    }
}
