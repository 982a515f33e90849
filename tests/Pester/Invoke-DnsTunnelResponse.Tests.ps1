BeforeAll {
    Import-Module "$PSScriptRoot/../../output/DnsTunnel/DnsTunnel.psd1" -Force
}

Describe 'Invoke-DnsTunnelResponse' {
    BeforeEach {
        $zone = Join-Path $TestDrive "$(New-Guid).zone"
        $journal = Join-Path $TestDrive "$(New-Guid).jsonl"
        $block = @{ Action = 'BlockDomain'; ZoneFile = $zone; JournalPath = $journal; Confirm = $false }
    }

    It 'writes both rules of a domain' {
        $response = Invoke-DnsTunnelResponse @block -Domain blocked.example
        $response.Status | Should -Be 'Applied'
        (Get-Content -LiteralPath $zone)[-2, -1] | Should -Be $response.Changes
    }

    It 'takes findings and skips what is no tunnel' {
        $findings = @(
            [DnsTunnel.DnsTunnelFinding]@{ Domain = 'a.example'; IsTunnel = $true; Score = 99 }
            [DnsTunnel.DnsTunnelFinding]@{ Domain = 'b.example'; IsTunnel = $false; Score = 9 }
        )
        ($findings | Invoke-DnsTunnelResponse @block).Target | Should -Be 'a.example'
    }

    It 'writes nothing with -WhatIf' {
        Invoke-DnsTunnelResponse @block -Domain blocked.example -WhatIf | Should -BeNullOrEmpty
        $zone, $journal | Should -Not -Exist
    }

    It 'refuses <domain> as <id> and goes on' -ForEach @(
        @{ domain = 'co.uk'; id = 'DomainIsPublicSuffix' }
        @{ domain = 'com'; id = 'DomainNotValid' }
        @{ domain = '*.com'; id = 'DomainNotValid' }
    ) {
        $response = $domain, 'blocked.example' | Invoke-DnsTunnelResponse @block -ErrorVariable problems -ErrorAction SilentlyContinue
        $response.Target | Should -Be 'blocked.example'
        $problems.FullyQualifiedErrorId | Should -BeLike "$id,*"
    }

    It 'completes -Provider' {
        (TabExpansion2 'Invoke-DnsTunnelResponse -Provider ').CompletionMatches.CompletionText | Should -Contain 'Rpz'
    }
}
