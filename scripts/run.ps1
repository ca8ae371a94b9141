# The main job, on Windows: C# and real PyTorch draw the same weights, every bit is compared, and a report is written.
# Arguments go to `torchinit parity`. Without Python or torch the recorded answers are compared instead.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')
$env:DOTNET_NOLOGO = '1'
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'

# The exit code says whether the SDK of global.json is there.
$found = $false
if (Get-Command dotnet -ErrorAction SilentlyContinue) { dotnet --version *> $null; $found = $LASTEXITCODE -eq 0 }
if (-not $found) {
    Write-Host 'The .NET SDK 10 is missing (10.0.100 or a later 10.0). To install it: winget install Microsoft.DotNet.SDK.10'
    exit 1
}

Write-Host "`n== Build"
dotnet build src/TorchInit.Cli -c Release --nologo -v quiet
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$torchinit = 'src/TorchInit.Cli/bin/Release/net10.0/TorchInit.Cli.dll'

Write-Host "`n== Python with torch"
dotnet $torchinit setup --optional
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

Write-Host "`n== Parity"
dotnet $torchinit parity @args
exit $LASTEXITCODE
