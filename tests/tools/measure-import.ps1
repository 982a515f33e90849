# Prints how long Import-Module takes in a warm engine. Run in the shell or in pwsh:
#   dotnet run -c Release --project src/DnsTunnel.Shell -- -File tests/tools/measure-import.ps1
param([int] $Count = 5)

$manifest = [IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'DnsTunnel', 'DnsTunnel.psd1')
$times = [double[]]::new($Count)
for ($i = 0; $i -lt $Count; $i++) {
    Remove-Module -Name DnsTunnel -ErrorAction Ignore
    $watch = [Diagnostics.Stopwatch]::StartNew()
    Import-Module -Name $manifest
    $times[$i] = $watch.Elapsed.TotalMilliseconds
}
[Array]::Sort($times)
'Import-Module DnsTunnel: median of {0} is {1:0} ms (fastest {2:0}, slowest {3:0})' -f $Count, $times[$Count -shr 1], $times[0], $times[-1]
