BeforeAll {
    Import-Module "$PSScriptRoot/../../output/DnsTunnel/DnsTunnel.psd1" -Force
}

Describe 'Get-DnsTunnelResponse' {
    BeforeAll {
        $journal = Join-Path $TestDrive 'responses.jsonl'
        $block = @{ Action = 'BlockDomain'; ZoneFile = Join-Path $TestDrive 'policy.zone'; JournalPath = $journal; Confirm = $false }
        $responses = 'a.example', 'b.example', 'c.test' | Invoke-DnsTunnelResponse @block
        $null = $responses[0] | Undo-DnsTunnelResponse -Confirm:$false
    }

    It 'emits every response in its last state' {
        (Get-DnsTunnelResponse -JournalPath $journal).Status | Should -Be 'Undone', 'Applied', 'Applied'
    }

    It 'filters by id, domain and status' {
        (Get-DnsTunnelResponse $responses[1].Id -JournalPath $journal).Target | Should -Be 'b.example'
        (Get-DnsTunnelResponse -Domain *.example -JournalPath $journal).Target | Should -Be 'a.example', 'b.example'
        (Get-DnsTunnelResponse -Status Applied -JournalPath $journal).Target | Should -Be 'b.example', 'c.test'
    }

    It 'says that an id is unknown' {
        Get-DnsTunnelResponse nosuchid -JournalPath $journal -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'ResponseNotFound,*'
    }

    It 'shows a table of 100 columns' {
        $lines = (Get-DnsTunnelResponse -JournalPath $journal | Out-String -Width 100) -split "`r?`n"
        ($lines | Where-Object Length -GT 100) | Should -BeNullOrEmpty
        $lines -match 'b\.example' | Should -HaveCount 1
    }
}
