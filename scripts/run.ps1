# scripts/run.sh for Windows: compares C# with real PyTorch bit for bit; arguments go to `torchinit parity`.
# Real torch is asked when a Python with torch is on the PATH (pip install torch); else the recorded answers are.
$ErrorActionPreference = 'Stop'
Push-Location (Join-Path $PSScriptRoot '..')
try {
    $sdk = if (Get-Command dotnet -ErrorAction SilentlyContinue) { dotnet --version 2>$null }
    if (-not $sdk) {
        Write-Host 'The .NET SDK 10 is missing (10.0.100 or a later 10.0). To install it: winget install Microsoft.DotNet.SDK.10'
        exit 1
    }

    Write-Host '== Build'
    dotnet build src/TorchInit.Cli -c Release --nologo -v quiet
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

    Write-Host '== Parity'
    # It says where its report is, where it wrote one.
    dotnet src/TorchInit.Cli/bin/Release/net10.0/TorchInit.Cli.dll parity @args
    exit $LASTEXITCODE
}
finally { Pop-Location }
