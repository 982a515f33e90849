#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Get-DnsDomainHistory' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $file = Join-Path $TestDrive 'history.db'
        $findings = Test-DnsTunneling -Path $captures -UpdateHistory -HistoryPath $file
    }

    Context 'What it tells' {
        It 'is since when, how much and which findings' {
            $history = Get-DnsDomainHistory -Domain tunnel.test -HistoryPath $file
            $history.FirstSeen | Should -Be ([datetime]::new(2026, 11, 24, 9, 7, 54))
            $history.QueryCount | Should -Be 1766
            $history.Days | Should -HaveCount 1
            $history.Findings.Status | Should -Be 'New'
            $history.Findings.Client | Should -Be '10.99.0.1'
        }
        It 'is the same after the same run' {
            $again = Test-DnsTunneling -Path $captures -UpdateHistory -HistoryPath $file
            $again.Score | Should -Be $findings.Score
            $history = Get-DnsDomainHistory -Domain tunnel.test -HistoryPath $file
            $history.QueryCount | Should -Be 1766
            $history.Findings.Status | Should -Be 'New'
        }
        It 'is a reason of the finding and part of the evidence' {
            $found = Test-DnsTunneling -Path $iodine -HistoryPath $file
            $found.Reasons[-1] | Should -Be 'the history knows no earlier query for the domain'
            ($found | Get-DnsTunnelEvidence -Path $iodine -HistoryPath $file).History.QueryCount | Should -Be 1766
        }
    }

    Context 'What was done about it' {
        BeforeAll {
            $journal = Join-Path $TestDrive 'responses.jsonl'
            $null = Invoke-DnsTunnelResponse -Action BlockDomain -Domain tunnel.test -ZoneFile (Join-Path $TestDrive 'blocked.rpz') -JournalPath $journal -Confirm:$false
        }
        It 'is in Responses of that domain alone' {
            (Get-DnsDomainHistory -Domain tunnel.test -HistoryPath $file -JournalPath $journal).Responses.Status | Should -Be 'Applied'
            (Get-DnsDomainHistory -Domain tunnel.example -HistoryPath $file -JournalPath $journal).Responses | Should -BeNullOrEmpty
        }
        It 'does not cost the history when the journal cannot be read' {
            $known = Get-DnsDomainHistory -Domain tunnel.test -HistoryPath $file -JournalPath $TestDrive -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'JournalNotReadable,*'
            $known.QueryCount | Should -Be 1766
        }
    }

    Context 'Who asked' {
        It 'is remembered with the finding' {
            $asked = 1..400 | ForEach-Object {
                [pscustomobject]@{ QueryName = '{0:x8}{1:x8}.asked.example' -f (7919 * $_ * $_), (104729 * $_); QueryType = 'TXT'; Timestamp = [datetime]::new(2026, 3, 1).AddSeconds($_); ClientAddress = '192.0.2.1'; ProcessId = 42; ProcessName = 'evil' }
            }
            $own = Join-Path $TestDrive 'asked.db'
            ($asked | Test-DnsTunneling -UpdateHistory -HistoryPath $own).Processes | Should -Be 'evil (42)'
            (Get-DnsDomainHistory -Domain asked.example -HistoryPath $own).Findings.Processes | Should -Be 'evil (42)'
        }
    }

    Context 'Binding' {
        It 'takes <Name>' -ForEach @(
            @{ Name = 'wildcards'; Source = { Get-DnsDomainHistory -Domain 'tunnel.*' -HistoryPath $file } }
            @{ Name = 'names from the pipeline'; Source = { 'tunnel.example', 'TUNNEL.TEST' | Get-DnsDomainHistory -HistoryPath $file } }
            @{ Name = 'findings from the pipeline'; Source = { $findings | Sort-Object -Property Domain | Get-DnsDomainHistory -HistoryPath $file } }
        ) {
            (& $Source).Domain | Should -Be 'tunnel.example', 'tunnel.test'
        }
        It 'emits all domains by default' { (Get-DnsDomainHistory -HistoryPath $file).Count | Should -BeGreaterThan 10 }
        It 'completes domains of earlier findings' { Get-Completion "Get-DnsDomainHistory -HistoryPath '$file' -Domain tunnel" | Sort-Object | Should -Be 'tunnel.example', 'tunnel.test' }
        It 'completes its parameters' { Get-Completion 'Get-DnsDomainHistory -Hist' | Should -Be '-HistoryPath' }
    }

    Context 'Formatting' {
        It 'has a table for 100 columns' {
            $lines = Show-Object { Get-DnsDomainHistory -HistoryPath $file }
            $lines -match '^tunnel\.test .* New$' | Should -HaveCount 1
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
    }

    Context 'The file' {
        It 'is not made unless it is asked for' {
            $none = Join-Path $TestDrive 'none.db'
            Get-ErrorId { Test-DnsTunneling -Path $dns2tcp -HistoryPath $none } | Should -Be 'HistoryNotFound'
            Test-Path -LiteralPath $none | Should -BeFalse
        }
        It 'is put aside with a warning when it is corrupt, and the findings come all the same' {
            $broken = Join-Path $TestDrive 'broken.db'
            Set-Content -LiteralPath $broken -Value ('no database' * 100)
            Get-ErrorId { Get-DnsDomainHistory -HistoryPath $broken } | Should -Be 'HistoryNotReadable'
            $found = Test-DnsTunneling -Path $dns2tcp -UpdateHistory -HistoryPath $broken -WarningVariable warnings -WarningAction SilentlyContinue -ErrorVariable problems
            $found.Domain | Should -Be 'tunnel.example'
            $problems | Should -BeNullOrEmpty
            $warnings | Should -BeLike '*was corrupt*broken.db.corrupt-*'
            (Get-DnsDomainHistory -HistoryPath $broken).Domain | Should -Be 'tunnel.example'
        }
        It 'does not cost the findings when it cannot be written' {
            $found = Test-DnsTunneling -Path $dns2tcp -UpdateHistory -HistoryPath (Join-Path $dns2tcp 'history.db') -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems.FullyQualifiedErrorId | Should -BeLike 'HistoryNotWritable,*'
            $found.Domain | Should -Be 'tunnel.example'
        }
    }

    Context 'Errors' {
        It 'says that there is no history' { Get-ErrorId { Get-DnsDomainHistory -HistoryPath "$TestDrive/missing.db" } | Should -Be 'HistoryNotFound' }
        It 'says that a domain is not known' { Get-ErrorId { Get-DnsDomainHistory -Domain unknown.example -HistoryPath $file } | Should -Be 'DomainNotInHistory' }
    }

    Context 'ClickHouse' {
        It 'says that there is no server' { Get-ErrorId { Get-DnsDomainHistory -Domain tunnel.example -ClickHouse http://127.0.0.1:1/dns } | Should -Be 'ServerNotReachable' }
        It 'refuses an address with a password, and does not show it' {
            Get-ErrorId { Get-DnsDomainHistory -Domain tunnel.example -ClickHouse http://me:pa55word@127.0.0.1/dns } | Should -Be 'AddressNotValid'
            try { Get-DnsDomainHistory -Domain tunnel.example -ClickHouse http://me:pa55word@127.0.0.1/dns } catch { "$_ $($_.TargetObject)" | Should -Not -BeLike '*pa55word*' }
        }
        It 'sends no password in the clear' {
            $login = [pscredential]::new('me', [Net.NetworkCredential]::new('', 'pa55word').SecurePassword)
            Get-ErrorId { Get-DnsDomainHistory -Domain tunnel.example -ClickHouse http://192.0.2.1:8123/dns -Credential $login } | Should -Be 'SecretNotEncrypted'
        }
    }

    Context 'Stop' {
        It 'ends when the pipeline wants no more' { Get-DnsDomainHistory -HistoryPath $file | Select-Object -First 1 | Should -HaveCount 1 }
    }
}
