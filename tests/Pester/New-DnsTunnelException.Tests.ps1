BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-DnsTunnelException' {
    BeforeEach { $file = Join-Path $TestDrive "$(New-Guid).json" }

    It 'adds an exception with the defaults' {
        $exception = New-DnsTunnelException a.example 'A test' -ExceptionPath $file
        $exception.BudgetBytes | Should -Be 4096
        $exception.Expires | Should -BeNullOrEmpty
        (Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $file).Id | Should -Be $exception.Id
    }

    It 'takes the domains of findings' {
        $made = Test-DnsTunneling -Path $iodine | New-DnsTunnelException -Reason 'A test' -ExceptionPath $file
        $made.Domain | Should -Be 'tunnel.test'
    }

    It 'refuses <Arguments.Domain> <Arguments.NamePattern>' -TestCases @(
        @{ Arguments = @{ Domain = 'co.uk' }; Id = 'DomainIsPublicSuffix' }
        @{ Arguments = @{ Domain = 'a.example'; NamePattern = '[' }; Id = 'NamePatternNotValid' }
        @{ Arguments = @{ Domain = 'a.example'; BudgetBytes = 1MB }; Id = 'ExceptionTooBroad' }
    ) {
        Get-ErrorId { New-DnsTunnelException @Arguments -Reason r -ExceptionPath $file } | Should -Be $Id
        $file | Should -Not -Exist
    }

    It 'writes nothing with -WhatIf' {
        New-DnsTunnelException a.example r -ExceptionPath $file -WhatIf | Should -BeNullOrEmpty
        $file | Should -Not -Exist
    }
}
