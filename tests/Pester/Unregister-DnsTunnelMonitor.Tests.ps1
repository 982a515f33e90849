#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Unregister-DnsTunnelMonitor' -Skip:$IsWindows {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $config = $env:XDG_CONFIG_HOME
        $env:XDG_CONFIG_HOME = Join-Path $TestDrive 'configuration'
        $place = @{ Scheduler = 'Systemd'; Scope = 'User' }
    }
    AfterAll { $env:XDG_CONFIG_HOME = $config }

    It 'says that there is none' { Get-ErrorId { Unregister-DnsTunnelMonitor -Name none @place } | Should -Be 'MonitorNotFound' }
    It 'removes one alone' {
        foreach ($name in 'a', 'b') { $null = Register-DnsTunnelMonitor -Name $name -Path /var/log/a.log -OutFile /var/log/b @place -WarningAction SilentlyContinue }
        Unregister-DnsTunnelMonitor -Name a @place | Should -BeNullOrEmpty
        (Get-ChildItem -LiteralPath "$env:XDG_CONFIG_HOME/systemd/user").Name | Should -Be 'dnstunnel-monitor-b.service', 'dnstunnel-monitor-b.timer'
    }
    It 'removes nothing with -WhatIf' {
        $null = Register-DnsTunnelMonitor -Name c -Path /var/log/a.log -OutFile /var/log/b @place -WarningAction SilentlyContinue
        Unregister-DnsTunnelMonitor -Name c @place -WhatIf
        Get-ChildItem -LiteralPath "$env:XDG_CONFIG_HOME/systemd/user" -Filter '*-c.*' | Should -HaveCount 2
    }
}
