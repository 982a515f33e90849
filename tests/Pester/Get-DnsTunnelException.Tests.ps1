BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-DnsTunnelException' {
    BeforeAll {
        $file = Join-Path $TestDrive 'exceptions.json'
        $own = New-DnsTunnelException sophosxl.net 'Not used here' -BudgetBytes 0 -ExceptionPath $file
    }

    It 'lists your own first, then the built-in ones' {
        $all = Get-DnsTunnelException -ExceptionPath $file
        $all[0].Id | Should -Be $own.Id
        ($all | Where-Object IsBuiltIn).Count | Should -BeGreaterThan 60
        $all | Where-Object { -not $_.Reason } | Should -BeNullOrEmpty
    }

    It 'tells which exceptions cover a name, the one in force first' {
        $name = '0.0.3.0.0.0.0.0.0.2.0.0.0.0.1.01.00.sfi_unknown.f.01.mac.sophosxl.net'
        (Get-DnsTunnelException -Name $name -ExceptionPath $file).Id | Should -Be $own.Id, 'sophos-sxl'
        Get-DnsTunnelException -Name "$name.evil.example" -ExceptionPath $file | Should -BeNullOrEmpty
    }

    It 'filters by domain with wildcards' {
        (Get-DnsTunnelException SOPHOS* -ExceptionPath $file).Domain | Should -Be 'sophosxl.net', 'sophosxl.net', 'sophosxl.net', 'sophosxl.com'
    }

    It 'shows a table of 100 columns' {
        $lines = Show-Object { Get-DnsTunnelException -ExceptionPath $file }
        ($lines | Where-Object Length -GT 100) | Should -BeNullOrEmpty
        $lines -match "^$($own.Id)" | Should -HaveCount 1
    }

    It 'reports a broken file' {
        $broken = Join-Path $TestDrive 'broken.json'
        Set-Content -LiteralPath $broken -Value '{'
        Get-ErrorId { Get-DnsTunnelException -ExceptionPath $broken } | Should -Be 'ExceptionFileNotValid'
    }
}
