BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Remove-DnsTunnelException' {
    BeforeEach {
        $file = Join-Path $TestDrive "$(New-Guid).json"
        $made = 'a.example', 'b.example' | New-DnsTunnelException -Reason r -ExceptionPath $file
    }

    It 'removes by id' {
        Remove-DnsTunnelException $made[0].Id -ExceptionPath $file
        (Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $file).Domain | Should -Be 'b.example'
    }

    It 'removes what comes through the pipeline, from its file' {
        $made | Remove-DnsTunnelException
        Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $file | Should -BeNullOrEmpty
    }

    It 'refuses built-in and unknown ones' {
        Get-ErrorId { Remove-DnsTunnelException sophos-sxl, nosuchid -ExceptionPath $file } | Should -Be 'ExceptionIsBuiltIn', 'ExceptionNotFound'
    }

    It 'changes nothing with -WhatIf' {
        $made | Remove-DnsTunnelException -WhatIf
        Get-DnsTunnelException -ExcludeBuiltIn -ExceptionPath $file | Should -HaveCount 2
    }

    It 'completes ids of the user, and tells them by their reason' {
        Get-Completion "Remove-DnsTunnelException -ExceptionPath '$file' -Id " | Sort-Object | Should -Be ($made.Id | Sort-Object)
    }
}
