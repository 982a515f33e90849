#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Export-DnsQuery' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $queries = Start-DnsCapture -Path $dns2tcp
        $three = $queries | Select-Object -First 3

        # The lines of a text file that are no header.
        function Get-Record([string] $Path) { [IO.File]::ReadAllLines($Path) | Where-Object { $_[0] -ne '#' } }
    }
    BeforeEach { $file = Join-Path $TestDrive "$([guid]::NewGuid()).log" }

    Context 'Binding' {
        It 'takes queries from the pipeline and the path by position' {
            $three | Export-DnsQuery $file
            Get-Record $file | Should -HaveCount 3
        }
        It 'takes a query as an argument' {
            Export-DnsQuery -Path $file -InputObject $three[0]
            Get-Record $file | Should -HaveCount 1
        }
        It 'refuses other objects' { Get-ErrorId { 'text' | Export-DnsQuery $file } | Should -Be 'InputObjectNotBound' }
        It 'refuses other formats' { Get-ErrorId { $three | Export-DnsQuery $file -Format Xml } | Should -Be 'CannotConvertArgumentNoMessage' }
        It 'takes brackets of the path for themselves' {
            $three | Export-DnsQuery -LiteralPath "$TestDrive/a[1].log"
            [IO.File]::Exists("$TestDrive/a[1].log") | Should -BeTrue
        }
        It 'takes a path relative to the location' {
            Push-Location -LiteralPath $TestDrive
            try { $three | Export-DnsQuery relative.log } finally { Pop-Location }
            Get-Record "$TestDrive/relative.log" | Should -HaveCount 3
        }
    }

    Context 'Formats' {
        It '<Format> in <Name> is read back the same' -ForEach @(
            foreach ($format in 'EcsNdjson', 'ZeekTsv') { foreach ($name in 'a.log', 'a.gz', 'a.zst') { @{ Format = $format; Name = $name } } }
        ) {
            $path = Join-Path $TestDrive $Name
            $queries | Export-DnsQuery -Path $path -Format $Format
            $read = Import-DnsLog -Path $path
            $read | Should -HaveCount $queries.Count
            $properties = 'Timestamp', 'ClientAddress', 'ClientPort', 'ServerAddress', 'ServerPort', 'Id', 'QueryName', 'QueryType', 'ResponseCode',
                'AnswerCount', 'Answers', 'RegisteredDomain', 'Subdomain'
            for ($i = 0; $i -lt $read.Count; $i += 97) {
                foreach ($property in $properties) { "$($read[$i].$property)" | Should -BeExactly "$($queries[$i].$property)" -Because $property }
            }
        }
        It 'gives the same finding as the capture' {
            $queries | Export-DnsQuery -Path $file
            (Test-DnsTunneling -Path $file).Score | Should -Be (Test-DnsTunneling -Path $dns2tcp).Score
        }
        It 'compresses by the name alone' {
            $three | Export-DnsQuery -Path "$TestDrive/three.gz"
            [IO.File]::ReadAllBytes("$TestDrive/three.gz")[0..1] | Should -Be 0x1f, 0x8b
            $three | Export-DnsQuery -Path "$TestDrive/three.zst"
            [IO.File]::ReadAllBytes("$TestDrive/three.zst")[0..3] | Should -Be 0x28, 0xb5, 0x2f, 0xfd
        }
    }

    Context 'Files that exist' {
        BeforeEach { $three | Export-DnsQuery $file }
        It 'are replaced' {
            $three[0] | Export-DnsQuery $file
            Get-Record $file | Should -HaveCount 1
        }
        It 'are kept with -NoClobber' {
            Get-ErrorId { $three[0] | Export-DnsQuery $file -NoClobber } | Should -Be 'FileExists'
            Get-Record $file | Should -HaveCount 3
        }
        It 'are added to with -Append: <_>' -ForEach 'log', 'gz', 'zst' {
            $path = "$file.$_"
            1..3 | ForEach-Object { $three | Export-DnsQuery $path -Append -Format ZeekTsv }
            Import-DnsLog $path | Should -HaveCount 9
        }
        It 'lose no query to a last line that was cut' {
            [IO.File]::WriteAllText($file, [IO.File]::ReadAllText($file).TrimEnd("`n").Substring(0, 900))
            $before = @(Import-DnsLog $file -WarningAction SilentlyContinue).Count
            $three | Export-DnsQuery $file -Append
            Import-DnsLog $file -WarningAction SilentlyContinue | Should -HaveCount ($before + 3)
        }
        It 'are written with -Force when they are read-only' {
            Set-ItemProperty -LiteralPath $file -Name IsReadOnly -Value $true
            $three[0] | Export-DnsQuery $file -Force
            Get-Record $file | Should -HaveCount 1
        }
    }

    Context 'Output' {
        It 'is nothing' { $three | Export-DnsQuery $file | Should -BeNullOrEmpty }
        It 'is the whole file with -PassThru' {
            $item = $three | Export-DnsQuery "$file.gz" -PassThru
            $item | Should -BeOfType System.IO.FileInfo
            $item.Length | Should -Be (Get-Item -LiteralPath "$file.gz").Length
        }
        It 'is a header alone when there were no queries' {
            @() | Export-DnsQuery $file -Format ZeekTsv
            [IO.File]::ReadAllLines($file)[0] | Should -Be '#separator \x09'
            Get-Record $file | Should -BeNullOrEmpty
        }
    }

    Context 'ShouldProcess' {
        It 'writes nothing with -WhatIf' {
            $three | Export-DnsQuery $file -WhatIf -PassThru | Should -BeNullOrEmpty
            [IO.File]::Exists($file) | Should -BeFalse
        }
    }

    Context 'Errors' {
        It 'says that a folder is missing' { Get-ErrorId { $three | Export-DnsQuery "$TestDrive/missing/a.log" } | Should -Be 'FileNotWritable' }
        It 'says that a path is a folder' { Get-ErrorId { $three | Export-DnsQuery $TestDrive } | Should -Be 'FileNotWritable' }
        It 'says that a path is of another provider' { Get-ErrorId { $three | Export-DnsQuery Env:a } | Should -Be 'PathNotFileSystem' }
    }

    Context 'Stop' {
        It 'leaves a whole file: <_>' -ForEach 'a.log', 'a.gz', 'a.zst' {
            $path = Join-Path $TestDrive "stopped-$_"
            $shell = [powershell]::Create()
            $null = $shell.AddScript({
                param($module, $capture, $path)
                Import-Module $module
                & { Start-DnsCapture $capture | Select-Object -First 500; Start-Sleep -Seconds 60 } | Export-DnsQuery $path
            }).AddArgument((Get-Module DnsTunnel).Path).AddArgument($dns2tcp).AddArgument($path)
            $running = $shell.BeginInvoke()
            $until = [DateTime]::UtcNow.AddSeconds(20)
            while (-not [IO.File]::Exists($path) -and [DateTime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
            Start-Sleep -Seconds 2
            $shell.Stop()
            $shell.Dispose()
            Import-DnsLog $path -ErrorAction Stop | Should -HaveCount 500
        }
    }

    Context 'Completion' {
        It 'completes -Format' { Get-Completion 'Export-DnsQuery -Format ' | Should -Be 'EcsNdjson', 'ZeekTsv' }
    }

    Context 'ClickHouse' {
        It 'says that there is no server' { Get-ErrorId { $three | Export-DnsQuery -ClickHouse http://127.0.0.1:1/dns } | Should -Be 'ServerNotReachable' }
        It 'refuses an address with a password, and does not show it' {
            Get-ErrorId { $three | Export-DnsQuery -ClickHouse http://me:pa55word@127.0.0.1/dns } | Should -Be 'AddressNotValid'
            try { $three | Export-DnsQuery -ClickHouse http://me:pa55word@127.0.0.1/dns } catch { "$_ $($_.TargetObject)" | Should -Not -BeLike '*pa55word*' }
        }
        It 'sends no password in the clear' {
            $login = [pscredential]::new('me', [Net.NetworkCredential]::new('', 'pa55word').SecurePassword)
            Get-ErrorId { $three | Export-DnsQuery -ClickHouse http://192.0.2.1:8123/dns -Credential $login } | Should -Be 'SecretNotEncrypted'
        }
        It 'takes no files at once' { Get-ErrorId { $three | Export-DnsQuery -ClickHouse http://127.0.0.1:1/dns -Path $dns2tcp } | Should -Be 'AmbiguousParameterSet' }
    }
}
