BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Undo-DnsTunnelResponse' {
    BeforeEach {
        $zone = Join-Path $TestDrive "$(New-Guid).zone"
        $journal = Join-Path $TestDrive "$(New-Guid).jsonl"
        $before = "`$TTL 60`n@ SOA a. b. 7 1 1 1 1`n NS a.`n; by hand"
        Set-Content -LiteralPath $zone -Value $before -NoNewline
        $response = Invoke-DnsTunnelResponse -Action BlockDomain blocked.example -ZoneFile $zone -JournalPath $journal -Confirm:$false
    }

    It 'restores all but the serial, which grows' {
        ($response | Undo-DnsTunnelResponse -Confirm:$false).Status | Should -Be 'Undone'
        Get-Content -LiteralPath $zone -Raw | Should -BeExactly $before.Replace(' 7 ', ' 9 ')
    }

    It 'does nothing the second time, and says so' {
        $null = $response | Undo-DnsTunnelResponse -Confirm:$false
        $null = $response | Undo-DnsTunnelResponse -Confirm:$false -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*nothing to undo*'
    }

    It 'changes nothing with -WhatIf' {
        $text = Get-Content -LiteralPath $zone -Raw
        $response | Undo-DnsTunnelResponse -WhatIf | Should -BeNullOrEmpty
        Get-Content -LiteralPath $zone -Raw | Should -BeExactly $text
    }

    It 'refuses lines that others changed' {
        (Get-Content -LiteralPath $zone -Raw).Replace('CNAME .', 'CNAME rpz-passthru.') | Set-Content -LiteralPath $zone -NoNewline
        $response | Undo-DnsTunnelResponse -Confirm:$false -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'ResponseChanged,*'
    }

    It 'completes what still holds' {
        Get-Completion "Undo-DnsTunnelResponse -JournalPath '$journal' -Id " | Should -Be $response.Id
        $null = $response | Undo-DnsTunnelResponse -Confirm:$false
        Get-Completion "Undo-DnsTunnelResponse -JournalPath '$journal' -Id " | Should -Not -Contain $response.Id
        Get-Completion "Get-DnsTunnelResponse -JournalPath '$journal' -Domain " | Should -Be 'blocked.example'
    }
}
