@{
    RootModule           = 'DnsTunnel.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '6d1f2c1e-6a3b-4d0c-9a54-0f6c8f0b7e21'
    Author               = 'The DnsTunnel authors'
    CompanyName          = 'The DnsTunnel authors'
    Copyright            = '(c) The DnsTunnel authors. MIT licence.'
    Description          = 'Finds data hidden in DNS queries (DNS tunnelling) in captures, explains each finding and contains it: capture, volume, detection, response.'
    PowerShellVersion    = '7.4'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('Format.ps1xml')
    TypesToProcess       = @('Types.ps1xml')
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    CmdletsToExport      = @(
        'Start-DnsCapture'
        'Start-DnsTunnelMonitor'
        'Register-DnsTunnelMonitor'
        'Unregister-DnsTunnelMonitor'
        'Get-DnsCaptureInterface'
        'Import-DnsLog'
        'Export-DnsQuery'
        'Get-DnsDomainVolume'
        'Get-DnsDomainHistory'
        'Test-DnsTunneling'
        'Get-DnsTunnelEvidence'
        'New-DnsTunnelModel'
        'Measure-DnsTunnelModel'
        'Send-DnsTunnelFinding'
        'Export-DnsTunnelReport'
        'New-DnsTunnelException'
        'Get-DnsTunnelException'
        'Remove-DnsTunnelException'
        'Invoke-DnsTunnelResponse'
        'Get-DnsTunnelResponse'
        'Undo-DnsTunnelResponse'
    )
    PrivateData          = @{
        PSData = @{
            Tags       = @('DNS', 'Security', 'Tunneling', 'Exfiltration', 'Detection', 'pcap', 'Windows', 'Linux', 'MacOS')
            LicenseUri = 'https://opensource.org/licenses/MIT'
        }
    }
}
