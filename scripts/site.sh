#!/usr/bin/env bash
# Documents, atlas and notebooks as a static site in artifacts/site: open index.html; no server, no network.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

step "Build"
dotnet build src/TorchInit.Cli -c Release --nologo -v quiet

step "Site"
dotnet src/TorchInit.Cli/bin/Release/net10.0/TorchInit.Cli.dll site "$@"
