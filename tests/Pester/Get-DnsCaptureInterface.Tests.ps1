#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Get-DnsCaptureInterface' {
    BeforeDiscovery { $noLibrary = -not ($IsLinux -and (Test-Path -Path '/usr/lib/*/libpcap.so*', '/usr/lib*/libpcap.so*')) }
    BeforeAll { . "$PSScriptRoot/Common.ps1" }

    Context 'Output' -Skip:$noLibrary {
        It 'is what OutputType says' { (Get-DnsCaptureInterface | Get-Member).TypeName | Select-Object -Unique | Should -Be (Get-Command Get-DnsCaptureInterface).OutputType.Name }
        It 'has the loopback interface' {
            $loopback = Get-DnsCaptureInterface -Name lo
            $loopback.IsLoopback | Should -BeTrue
            $loopback.State | Should -Be 'Up'
            $loopback.Addresses | Should -Contain '127.0.0.1'
        }
        It 'has a table for 100 columns' {
            $lines = Show-Object { Get-DnsCaptureInterface }
            $lines -match '^Name +State Addresses +Description' | Should -HaveCount 1
            $lines | ForEach-Object Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }
    }

    Context 'Names' -Skip:$noLibrary {
        It 'takes wildcards' { (Get-DnsCaptureInterface l*).Name | Should -Contain 'lo' }
        It 'takes descriptions' { (Get-DnsCaptureInterface 'Pseudo-device that captures*').Name | Should -Be 'any' }
        It 'says that one is missing' { Get-ErrorId { Get-DnsCaptureInterface nothing0 } | Should -Be 'CaptureInterfaceNotFound' }
        It 'says nothing when no interface is like the wildcards' { Get-ErrorId { Get-DnsCaptureInterface nothing* } | Should -BeNullOrEmpty }
        It 'refuses an empty name' { Get-ErrorId { Get-DnsCaptureInterface '' } | Should -Be 'ParameterArgumentValidationError' }
    }

    Context 'Completion' -Skip:$noLibrary {
        It 'completes names' { Get-Completion 'Get-DnsCaptureInterface -Name l' | Should -Contain 'lo' }
        It 'completes -Interface by description' { Get-Completion 'Start-DnsCapture -Interface pseudo' | Should -Be 'any' }
    }
}
