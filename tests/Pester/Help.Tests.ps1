#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.3' }

Describe 'Help' {
    BeforeDiscovery {
        $names = (Import-PowerShellDataFile -LiteralPath "$PSScriptRoot/../../module/DnsTunnel.psd1").CmdletsToExport
    }
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        # Examples write files too.
        Copy-Item -LiteralPath (Join-Path $root 'examples') -Destination $TestDrive -Recurse
    }

    Context '<_>' -ForEach $names {
        BeforeAll {
            $name = $_
            $help = Get-Help -Name $name -Full
        }
        It 'is shown in full' {
            $text = $help | Out-String -Width 100
            foreach ($heading in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') { $text | Should -MatchExactly "(?m)^$heading" }
        }
        It 'has examples whose code runs over the captures of the project' {
            $help.examples.example.Count | Should -BeGreaterOrEqual 2
            Push-Location -LiteralPath $TestDrive
            try {
                foreach ($code in $help.examples.example.code -like '*./examples/captures*') {
                    $problems = & ([scriptblock]::Create($code)) 2>&1 3>$null | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
                    $problems | Should -BeNullOrEmpty -Because $code
                }
            }
            finally { Pop-Location }
        }
    }

    It 'has a topic about the module' { Get-Help -Name about_DnsTunnel | Should -Match '^TOPIC' }
}
