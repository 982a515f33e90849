#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Register-DnsTunnelMonitor' -Skip:$IsWindows {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $config = $env:XDG_CONFIG_HOME
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive "configuration of one's own"
        $units = Join-Path $env:XDG_CONFIG_HOME 'systemd/user'
        $here = @{ Scheduler = 'Systemd'; Scope = 'User'; OutFile = "$TestDrive/out.ndjson"; WarningAction = 'SilentlyContinue' }
        # What -WhatIf tells, which goes to the host alone.
        function Get-Plan([string] $Command) {
            $shell = Join-Path $root 'src/DnsTunnel.Shell/bin/Release/net10.0/DnsTunnel.Shell.dll'
            (dotnet $shell -Command "$Command -WhatIf") -join "`n"
        }
    }
    AfterAll { $env:XDG_CONFIG_HOME = $config }

    It 'writes a service and a timer, and Unregister-DnsTunnelMonitor removes them' {
        $monitor = Register-DnsTunnelMonitor -Path /var/log/queries.log @here
        $monitor.Name | Should -Be 'Default'
        $monitor.Every | Should -Be ([timespan]'0:15')
        $monitor.Paths | Should -Be "$units/dnstunnel-monitor-Default.service", "$units/dnstunnel-monitor-Default.timer"
        Get-Content $monitor.Paths[1] | Should -Contain 'OnUnitActiveSec=900'
        $monitor | Unregister-DnsTunnelMonitor
        Get-ChildItem -LiteralPath $units | Should -BeNullOrEmpty
    }
    It 'has a command that PowerShell reads as it was meant: <_>' -ForEach "/var/log/it's.log", '/var/log/$(throw)`"%i.log', "/var/log/[1] `u{2019} ;#.log" {
        $monitor = Register-DnsTunnelMonitor -Name quoted -Path $_ -Last 1:00 -SyslogServer siem:514 -Transport Tcp @here -Force
        $errors = $null
        $script = [System.Management.Automation.Language.Parser]::ParseInput($monitor.Command, [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
        $import, $start = $script.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        $import.CommandElements[2].Value | Should -Be (Join-Path $root 'output/DnsTunnel/DnsTunnel.psd1')
        $elements = @{}
        for ($i = 1; $i -lt $start.CommandElements.Count; $i++) { if ($start.CommandElements[$i].ParameterName) { $elements[$start.CommandElements[$i].ParameterName] = $start.CommandElements[$i + 1] } }
        $elements['Path'].SafeGetValue() | Should -Be $_
        $elements['Last'].Value | Should -Be '01:00:00'
        $elements['Transport'].Value | Should -Be 'Tcp'
        foreach ($name in $elements.Keys) { (Get-Command Start-DnsTunnelMonitor).Parameters.Keys | Should -Contain $name }
        $monitor | Unregister-DnsTunnelMonitor
    }
    It 'writes one service for an interface' {
        $monitor = Register-DnsTunnelMonitor -Name live -Interface eth0 @here
        $monitor.Every | Should -BeNullOrEmpty
        Get-Content $monitor.Paths | Should -Contain 'Restart=always'
        $monitor | Unregister-DnsTunnelMonitor
    }
    It 'runs a command that finds a tunnel' {
        $out = "$TestDrive/found.ndjson"
        $monitor = Register-DnsTunnelMonitor -Name runs -Path $dns2tcp -Last 366.00:00:00 -StatePath "$TestDrive/runs.json" -Scheduler Systemd -Scope User -OutFile $out -WarningAction SilentlyContinue
        $null = & ([scriptblock]::Create($monitor.Command))
        ([IO.File]::ReadAllLines($out) | ConvertFrom-Json).dns.question.registered_domain | Should -Be 'tunnel.example'
        $monitor | Unregister-DnsTunnelMonitor
    }
    It 'shows files and commands with -WhatIf, and writes nothing' {
        $plan = Get-Plan "Register-DnsTunnelMonitor -Name what -Scheduler Systemd -Scope User -Path /var/log/a.log -OutFile /var/log/b.ndjson"
        $plan | Should -Match 'ExecStart=.*Start-DnsTunnelMonitor'
        $plan | Should -Match 'OnUnitActiveSec=900'
        Test-Path "$units/dnstunnel-monitor-what.service" | Should -BeFalse
    }
    It 'has a view that fits' {
        $monitor = Register-DnsTunnelMonitor -Name shown -Path /var/log/a.log @here
        (Show-Object { $monitor }) -like 'shown        Systemd       User   00:15:00   False  Start-DnsTunnelMonitor *' | Should -HaveCount 1
        $monitor | Unregister-DnsTunnelMonitor
    }

    Context 'Errors' {
        It 'refuses a name that is taken, and replaces it with -Force' {
            $null = Register-DnsTunnelMonitor -Name twice -Path /var/log/a.log -Every 0:5 @here
            Get-ErrorId { Register-DnsTunnelMonitor -Name twice -Path /var/log/a.log @here } | Should -Be 'MonitorExists'
            (Register-DnsTunnelMonitor -Name twice -Interface eth0 @here -Force).Paths | Should -HaveCount 1
            Get-ChildItem -LiteralPath $units -Filter '*twice*' | Should -HaveCount 1
            Unregister-DnsTunnelMonitor -Name twice -Scheduler Systemd -Scope User
        }
        It 'leaves a file alone that is not of the module' {
            $foreign = "$units/dnstunnel-monitor-foreign.service"
            [IO.File]::WriteAllText($foreign, "[Unit]`n")
            Get-ErrorId { Register-DnsTunnelMonitor -Name foreign -Path /var/log/a.log @here -Force } | Should -Be 'ForeignFile'
            Get-ErrorId { Unregister-DnsTunnelMonitor -Name foreign -Scheduler Systemd -Scope User } | Should -Be 'ForeignFile'
            [IO.File]::ReadAllText($foreign) | Should -Be "[Unit]`n"
            Remove-Item -LiteralPath $foreign
        }
        It 'refuses times that cron does not have' { Get-ErrorId { Register-DnsTunnelMonitor -Path /var/log/a.log -Every 0:7 -Scheduler Cron -Scope System -OutFile /var/log/b } | Should -Be 'TimesNotValid' }
        It 'refuses control characters' { Get-ErrorId { Register-DnsTunnelMonitor -Path "/var/log/a`nb" @here } | Should -Be 'ValueNotUsable' }
        It 'refuses to find for nobody' { Get-ErrorId { Register-DnsTunnelMonitor -Path /var/log/a.log -Scheduler Systemd -Scope User } | Should -Be 'NobodyToTell' }
        It 'refuses a name that would be a path' { { Register-DnsTunnelMonitor -Name ../x -Path /var/log/a.log @here } | Should -Throw }
    }
}
