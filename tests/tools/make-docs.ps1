# Makes a Markdown page a cmdlet, and a list of them, of the help that Get-Help shows. Run with the Shell:
# dotnet run -c Release --project src/DnsTunnel.Shell -- -File tests/tools/make-docs.ps1
param([string] $Destination = 'docs/cmdlets')
$ErrorActionPreference = 'Stop'

function Get-Paragraph($Item) {
    $Item | ForEach-Object { "$($_.Text)".Trim() } | Where-Object { $_ }
}

# What Markdown would read as markup.
function Get-Escaped([string] $Text) {
    $Text -replace '([\\`*_\[\]<>|])', '\$1'
}

function Get-YesNo($Value) {
    if ("$Value" -eq 'true') { 'Yes' } else { 'No' }
}

function Get-ExamplePart($Example) {
    "### $(Get-Escaped "$($Example.title)".Trim(' -'))"
    '```powershell'
    "$($Example.code)".Trim()
    '```'
    Get-Paragraph $Example.remarks | ForEach-Object { Get-Escaped $_ }
}

function Get-ParameterPart($Parameter) {
    "### -$($Parameter.name)"
    Get-Paragraph $Parameter.description | ForEach-Object { Get-Escaped $_ }
    $rows = @(
        '| Type | Required | Position | Default | Pipeline | Wildcards |'
        '| --- | --- | --- | --- | --- | --- |'
        "| $(Get-Escaped $Parameter.type.name) | $(Get-YesNo $Parameter.required) | $($Parameter.position) | $(Get-Escaped $Parameter.defaultValue) | $($Parameter.pipelineInput) | $(Get-YesNo $Parameter.globbing) |"
    )
    $rows -join "`n"
}

function Get-TypePart([string] $Title, $Items) {
    $names = @($Items | ForEach-Object { "$($_.type.name)".Trim() } | Where-Object { $_ })
    if ($names.Count -eq 0) { return }
    "## $Title"
    ($names | ForEach-Object { "- ``$_``" }) -join "`n"
}

function Get-Page([string] $Name) {
    $help = Get-Help -Name $Name -Full
    "# $Name"
    Get-Escaped "$($help.Synopsis)".Trim()
    '## Syntax'
    $syntax = "$(Get-Command -Name $Name -Syntax)".Trim() -split '\r?\n' | ForEach-Object { $_.Trim() } | Where-Object { $_ }
    "``````text`n$($syntax -join "`n")`n``````"
    '## Description'
    Get-Paragraph $help.description | ForEach-Object { Get-Escaped $_ }
    '## Examples'
    $help.examples.example | ForEach-Object { Get-ExamplePart $_ }
    '## Parameters'
    $help.parameters.parameter | ForEach-Object { Get-ParameterPart $_ }
    Get-TypePart 'Inputs' $help.inputTypes.inputType
    Get-TypePart 'Outputs' $help.returnValues.returnValue
    $notes = @($help.alertSet.alert | ForEach-Object { Get-Paragraph $_ })
    if ($notes.Count -gt 0) { '## Notes'; $notes | ForEach-Object { Get-Escaped $_ } }
    $links = @($help.relatedLinks.navigationLink | ForEach-Object { "$($_.linkText)".Trim() } | Where-Object { $_ })
    if ($links.Count -gt 0) {
        '## See also'
        ($links | ForEach-Object { if ($names -contains $_) { "- [$_]($_.md)" } else { "- $_" } }) -join "`n"
    }
}

function Write-Page([string] $Name, [string[]] $Parts) {
    $text = ($Parts -join "`n`n") -replace '```powershell\n\n', "``````powershell`n" -replace '\n\n```(?=\n)', "`n``````"
    [IO.File]::WriteAllText([IO.Path]::Combine($Destination, $Name), $text + "`n")
}

$Destination = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Destination)
[void][IO.Directory]::CreateDirectory($Destination)
foreach ($old in [IO.Directory]::GetFiles($Destination, '*.md')) { [IO.File]::Delete($old) }
[string[]] $names = (Get-Module -Name DnsTunnel).ExportedCmdlets.Keys
[Array]::Sort($names, [StringComparer]::Ordinal)
foreach ($name in $names) { Write-Page "$name.md" (Get-Page $name) }
[string[]] $topics = [IO.Directory]::GetFiles([IO.Path]::Combine((Get-Module -Name DnsTunnel).ModuleBase, 'en-US'), 'about_*.help.txt')
[Array]::Sort($topics, [StringComparer]::Ordinal)
Write-Page 'README.md' '# Cmdlets', 'Made of the help of the module by `tests/tools/make-docs.ps1`; `Get-Help` shows the same.', (
    ($names | ForEach-Object { "- [$_]($_.md): $(Get-Escaped "$((Get-Help -Name $_).Synopsis)".Trim())" }) -join "`n"), '## Topics', (
    ($topics | ForEach-Object { $file = [IO.Path]::GetFileName($_); "- [$($file -replace '\.help\.txt$')](../../module/en-US/$file)" }) -join "`n")
