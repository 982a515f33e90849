#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Get-DnsTunnelEvidence' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $finding = Test-DnsTunneling -Path $iodine
        $evidence = $finding | Get-DnsTunnelEvidence -Path $iodine, $office
    }

    Context 'What it tells' {
        It 'is who asked, when and how much' {
            $evidence.Domain | Should -Be 'tunnel.test'
            $evidence.Zone | Should -Be 't.tunnel.test'
            $evidence.Talkers.Client | Should -Be '10.99.0.1'
            $evidence.QueryCount | Should -Be 1766
            ($evidence.Timeline | Measure-Object -Property QueryCount -Sum).Sum | Should -Be 1766
        }
        It 'is what went through the tunnel, to the byte' {
            $evidence.Tool | Should -Be 'iodine'
            $evidence.Payload.Length | Should -Be 262144
            $evidence.Payload.Bytes.Count | Should -Be 65536
        }
        It 'is as many samples as wanted' {
            $evidence.Samples | Should -HaveCount 10
            ($finding | Get-DnsTunnelEvidence -Path $iodine -MaxSamples 3).Samples | Should -HaveCount 3
            ($finding | Get-DnsTunnelEvidence -Path $iodine -MaxSamples 0).Samples | Should -HaveCount 0
        }
        It 'says that connections are not known of a capture with DNS alone' {
            ($finding | Get-DnsTunnelEvidence -Path $iodine).Connections | Should -BeLike 'not known*'
        }
        It 'has no delegation unless it is asked for' { $evidence.Delegation | Should -BeNullOrEmpty }
        It 'has next steps that parse, and change nothing' {
            foreach ($step in $evidence.NextSteps) {
                $errors = $null
                $null = [System.Management.Automation.Language.Parser]::ParseInput($step, [ref] $null, [ref] $errors)
                $errors | Should -BeNullOrEmpty
                if ($step -notmatch '^(Get|Test)-') { $step | Should -Match '-WhatIf$' }
            }
        }
        It 'has a first step that runs as it stands' {
            (Invoke-Expression $evidence.NextSteps[0] | Measure-Object -Property QueryCount -Sum).Sum | Should -Be 1766
        }
    }

    Context 'Binding' {
        It 'takes <Name>' -ForEach @(
            @{ Name = 'a finding and -LiteralPath'; Source = { $finding | Get-DnsTunnelEvidence -LiteralPath $iodine } }
            @{ Name = 'a finding as argument'; Source = { Get-DnsTunnelEvidence -Finding $finding -Path $iodine } }
            @{ Name = 'queries from the pipeline'; Source = { Start-DnsCapture -Path $iodine | Get-DnsTunnelEvidence -Finding $finding } }
            @{ Name = 'files from the pipeline'; Source = { Get-Item -LiteralPath $iodine | Get-DnsTunnelEvidence -Finding $finding } }
        ) {
            $found = & $Source
            $found.QueryCount | Should -Be 1766
            $found.Payload.Length | Should -Be 262144
        }
        It 'takes a finding that was saved' {
            $file = Join-Path $TestDrive 'finding.xml'
            $finding | Export-Clixml -LiteralPath $file
            (Import-Clixml -LiteralPath $file | Get-DnsTunnelEvidence -Path $iodine).Payload.Length | Should -Be 262144
        }
        It 'reads the source once for several findings' {
            $both = Test-DnsTunneling -Path $captures | Get-DnsTunnelEvidence -Path $captures -StatisticsVariable statistics
            $both.Domain | Should -Be 'tunnel.test', 'tunnel.example'
            $statistics | Should -HaveCount 3
        }
        It 'completes its parameters' { Get-Completion 'Get-DnsTunnelEvidence -Max' | Should -Be '-MaxSamples' }
    }

    Context 'Formatting' {
        It 'is a list that fits 100 columns' {
            $lines = Show-Object { $evidence }
            $lines -match '^Payload +: 262,144 bytes in iodine base128' | Should -HaveCount 1
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
        It 'is a table that fits 100 columns' {
            $lines = Show-Object { $evidence | Format-Table }
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
        It 'shows nothing that a terminal obeys' {
            $hostile = [pscustomobject]@{ QueryName = "a`e[31m.tunnel.test"; Timestamp = [datetime]::UtcNow; HostName = "pc`e[2J"; Answers = "`e]0;x`a" }
            $shown = ($hostile | Get-DnsTunnelEvidence -Finding ([pscustomobject]@{ Domain = 'tunnel.test'; IsTunnel = $true; Reasons = "`e[5m" })) | Out-String -Width 100
            $shown | Should -Not -Match '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]'
        }
    }

    Context 'Errors' {
        It 'says that an object is no finding' { Get-ErrorId { Get-Date | Get-DnsTunnelEvidence -Path $iodine } | Should -Be 'InputNotUsable' }
        It 'says that a file is missing' { Get-ErrorId { $finding | Get-DnsTunnelEvidence -Path 'missing.pcap' } | Should -Be 'PathNotFound' }
        It 'warns when the source has no such queries' {
            $null = $finding | Get-DnsTunnelEvidence -Path $office -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings | Should -BeLike "*no query for 'tunnel.test'*"
        }
        It 'warns of what -Resolve tells others' {
            $found = $finding | Get-DnsTunnelEvidence -Path $iodine -Resolve -Resolver 127.0.0.1:9 -WarningVariable warnings -WarningAction SilentlyContinue
            $warnings -match 'name servers' | Should -HaveCount 1
            $found.Delegation.Problems | Should -Not -BeNullOrEmpty
        }
        It 'uses the built-in exceptions when the file of your own is broken' {
            $file = Join-Path $TestDrive 'exceptions.json'
            Set-Content -LiteralPath $file -Value 'no JSON'
            $found = $finding | Get-DnsTunnelEvidence -Path $iodine -ExceptionPath $file -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'ExceptionFileNotValid,*'
            $found.QueryCount | Should -Be 1766
        }
    }

    Context 'ClickHouse' {
        It 'says that there is no server' { Get-ErrorId { $finding | Get-DnsTunnelEvidence -ClickHouse http://127.0.0.1:1/dns } | Should -Be 'ServerNotReachable' }
        It 'refuses an address with a password, and does not show it' {
            Get-ErrorId { $finding | Get-DnsTunnelEvidence -ClickHouse http://me:pa55word@127.0.0.1/dns } | Should -Be 'AddressNotValid'
            try { $finding | Get-DnsTunnelEvidence -ClickHouse http://me:pa55word@127.0.0.1/dns } catch { "$_ $($_.TargetObject)" | Should -Not -BeLike '*pa55word*' }
        }
        It 'sends no password in the clear' {
            $login = [pscredential]::new('me', [Net.NetworkCredential]::new('', 'pa55word').SecurePassword)
            Get-ErrorId { $finding | Get-DnsTunnelEvidence -ClickHouse http://192.0.2.1:8123/dns -Credential $login } | Should -Be 'SecretNotEncrypted'
        }
        It 'takes no files at once' { Get-ErrorId { $finding | Get-DnsTunnelEvidence -ClickHouse http://127.0.0.1:1/dns -Path $iodine } | Should -Be 'AmbiguousParameterSet' }
    }

    Context 'Stop' {
        It 'ends when the pipeline wants no more' {
            Test-DnsTunneling -Path $captures | Get-DnsTunnelEvidence -Path $captures | Select-Object -First 1 | ForEach-Object Domain | Should -Be 'tunnel.test'
        }
    }
}
