#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Export-DnsTunnelReport' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $findings = Start-DnsCapture -Path $captures -StatisticsVariable statistics | Test-DnsTunneling

        # The findings that the script of a report gets.
        function Get-Data([string] $Path) {
            $null = [IO.File]::ReadAllText($Path) -match '(?s)<script type="application/json" id="data">(.*?)</script>'
            $Matches[1] | ConvertFrom-Json
        }
    }
    BeforeEach { $file = Join-Path $TestDrive "$([guid]::NewGuid()).html" }

    Context 'Content' {
        It 'has the findings, the gravest first' {
            $findings | Export-DnsTunnelReport $file
            (Get-Data $file).domain | Should -Be 'tunnel.test', 'tunnel.example'
            (Get-Data $file)[0].reasons | Should -Be $findings[0].Reasons
            (Get-Data $file)[0].windows[1] | Should -Be $findings[0].Windows.QueryCount
        }
        It 'has the same of findings that were saved: <_>' -ForEach 'Clixml', 'Json' {
            if ($_ -eq 'Clixml') {
                $findings | Export-Clixml "$file.xml" -Depth 4
                $saved = Import-Clixml "$file.xml"
            }
            else { $saved = $findings | ConvertTo-Json -Depth 5 | ConvertFrom-Json }
            $findings | Export-DnsTunnelReport $file
            $saved | Export-DnsTunnelReport "$file.saved.html"
            Get-Data "$file.saved.html" | ConvertTo-Json -Depth 5 | Should -BeExactly (Get-Data $file | ConvertTo-Json -Depth 5)
        }
        It 'has its title, escaped' {
            $findings | Export-DnsTunnelReport $file -Title '<b>Tuesday</b>'
            [IO.File]::ReadAllText($file) | Should -BeLike '*<title>&lt;b&gt;Tuesday&lt;/b&gt;</title>*'
        }
        It 'says what was not seen' {
            $findings | Export-DnsTunnelReport $file -Statistics $statistics
            [IO.File]::ReadAllText($file) | Should -BeLike '*What was not seen*dns2tcp.pcap*Nothing is known to be missing*'
        }
        It 'has the actions taken' {
            $journal = Join-Path $TestDrive 'journal.jsonl'
            $null = $findings | Invoke-DnsTunnelResponse -Action BlockDomain -ZoneFile "$TestDrive/a.rpz" -JournalPath $journal -Confirm:$false
            $findings | Export-DnsTunnelReport $file -Response (Get-DnsTunnelResponse -JournalPath $journal)
            [IO.File]::ReadAllText($file) | Should -BeLike '*Actions taken*BlockDomain*tunnel.test*Applied*'
        }
        It 'is a report too when there are no findings' {
            @() | Export-DnsTunnelReport $file
            [IO.File]::ReadAllText($file) | Should -BeLike '*No findings were given*'
        }
        It 'takes a finding as an argument' {
            Export-DnsTunnelReport -LiteralPath $file -InputObject $findings[0]
            (Get-Data $file).domain | Should -Be 'tunnel.test'
        }
    }

    Context 'Output' {
        It 'is nothing' { $findings | Export-DnsTunnelReport $file | Should -BeNullOrEmpty }
        It 'is the file with -PassThru' {
            $item = $findings | Export-DnsTunnelReport $file -PassThru
            $item | Should -BeOfType System.IO.FileInfo
            $item.Length | Should -BeGreaterThan 50000
        }
    }

    Context 'Files that exist' {
        BeforeEach { [IO.File]::WriteAllText($file, 'mine') }
        It 'are replaced' {
            $findings | Export-DnsTunnelReport $file
            [IO.File]::ReadAllText($file) | Should -BeLike '<!DOCTYPE html>*</html>*'
        }
        It 'are kept with -NoClobber' {
            Get-ErrorId { $findings | Export-DnsTunnelReport $file -NoClobber } | Should -Be 'FileExists'
            [IO.File]::ReadAllText($file) | Should -Be 'mine'
        }
        It 'are kept with -WhatIf' {
            $findings | Export-DnsTunnelReport $file -WhatIf -PassThru | Should -BeNullOrEmpty
            [IO.File]::ReadAllText($file) | Should -Be 'mine'
        }
        It 'are written with -Force when they are read-only' {
            Set-ItemProperty -LiteralPath $file -Name IsReadOnly -Value $true
            $findings | Export-DnsTunnelReport $file -Force
            [IO.File]::ReadAllText($file) | Should -BeLike '<!DOCTYPE html>*'
        }
    }

    Context 'Errors' {
        It 'says that input is no finding' { Get-ErrorId { 'text' | Export-DnsTunnelReport $file } | Should -Be 'InputNotUsable' }
        It 'says that a folder is missing' { Get-ErrorId { $findings | Export-DnsTunnelReport "$TestDrive/missing/a.html" } | Should -Be 'FileNotWritable' }
        It 'says that a path is of another provider' { Get-ErrorId { $findings | Export-DnsTunnelReport Env:a } | Should -Be 'PathNotFileSystem' }
    }
}
