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
        (TabExpansion2 'Invoke-DnsTunnelResponse -Provider ').CompletionMatches.CompletionText | Should -Be 'Rpz', 'Unbound', 'Dnsmasq', 'WindowsDnsServer', 'Nrpt'
        (TabExpansion2 'Invoke-DnsTunnelResponse -Provider restarted').CompletionMatches.CompletionText | Should -Be 'Dnsmasq'
    }

    It 'returns a script of <provider>' -ForEach @(
        @{ provider = 'Unbound'; platform = 'Linux'; like = '*local-zone: "blocked.example." redirect*local-data: "blocked.example. 60 IN A 192.0.2.9"*unbound-control*' }
        @{ provider = 'Dnsmasq'; platform = 'Linux'; like = '*local=/blocked.example/*address=/blocked.example/192.0.2.9*' }
        @{ provider = 'WindowsDnsServer'; platform = 'Windows'; like = "*Add-DnsServerPrimaryZone -Name 'blocked.example'*" }
        @{ provider = 'Nrpt'; platform = 'Windows'; like = "*-Namespace @('blocked.example', '.blocked.example') -NameServers '192.0.2.9'*" }
    ) {
        Invoke-DnsTunnelResponse -Action BlockDomain blocked.example -Sinkhole 192.0.2.9 -Provider $provider -Platform $platform -AsScript | Should -BeLike $like
    }

    It 'refuses <reason>' -ForEach @(
        @{ reason = 'a script without a provider'; with = @{ AsScript = $true }; id = 'ProviderNotFound' }
        @{ reason = 'a provider of another platform'; with = @{ AsScript = $true; Platform = 'Linux'; Provider = 'Nrpt' }; id = 'ActionNotPossible' }
    ) {
        { Invoke-DnsTunnelResponse -Action BlockDomain blocked.example @with } | Should -Throw -ErrorId "$id,*"
    }

    It 'refuses a provider that does not exist and names those that do' {
        { Invoke-DnsTunnelResponse -Action BlockDomain blocked.example -Provider Hosts } | Should -Throw '*Rpz, Unbound, Dnsmasq, WindowsDnsServer, Nrpt*'
    }

    It 'says that a zone file cannot be a script' {
        Invoke-DnsTunnelResponse -Action BlockDomain blocked.example -ZoneFile $zone -AsScript -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'ActionNotPossible,*'
        $problems.Exception.Message | Should -BeLike '*other providers can be*'
    }

    It 'refuses a protected domain without -Force' {
        Invoke-DnsTunnelResponse @block -Domain microsoft.com -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems.FullyQualifiedErrorId | Should -BeLike 'DomainProtected,*'
        (Invoke-DnsTunnelResponse @block -Domain microsoft.com -Force).Status | Should -Be 'Applied'
    }

    It 'answers with the address of -Sinkhole' {
        (Invoke-DnsTunnelResponse @block -Domain blocked.example -Sinkhole 192.0.2.9).Changes | Should -BeLike '*blocked.example A 192.0.2.9 ; DnsTunnel *'
    }

    It 'returns a script of <platform> for <action>' -ForEach @(
        @{ action = 'IsolateHost'; platform = 'Linux'; with = @{ AllowAddress = '10.0.0.0/8' }; like = '*table inet dnstunnel_*ip saddr 10.0.0.0/8 accept*' }
        @{ action = 'IsolateHost'; platform = 'Windows'; with = @{ AllowAddress = '10.0.0.0/8' }; like = "*'11.0.0.0-126.255.255.255'*New-NetFirewallRule*" }
        @{ action = 'PinResolver'; platform = 'Linux'; with = @{ Resolver = '192.0.2.53' }; like = '*ip daddr 192.0.2.53 accept*' }
        @{ action = 'StopProcess'; platform = 'Linux'; with = @{ ProcessId = 4711; StartTime = '2026-01-02T03:04:05Z' }; like = '*kill -KILL 4711*' }
        @{ action = 'DisableAccount'; platform = 'Windows'; with = @{ Account = "O'Neil" }; like = "*Where-Object Name -EQ 'O''Neil'*" }
    ) {
        $script = Invoke-DnsTunnelResponse -Action $action @with -AsScript -Platform $platform -JournalPath $journal
        $script | Should -BeOfType ([string])
        $script | Should -BeLike $like
        $journal | Should -Not -Exist
    }

    It 'ends an isolation by itself unless forced otherwise' {
        Invoke-DnsTunnelResponse -Action IsolateHost -AsScript -Platform Windows | Should -BeLike '*AddSeconds(3600)*'
        { Invoke-DnsTunnelResponse -Action IsolateHost -AsScript -ExpiresAfter 0 } | Should -Throw -ErrorId 'ActionNotPossible,*'
        Invoke-DnsTunnelResponse -Action IsolateHost -AsScript -Platform Windows -ExpiresAfter 0 -Force | Should -Not -BeLike '*ScheduledTask*'
    }
}
