#!/usr/bin/env bash
# Writes the approved files (public API, generated parts of the README) as the code has them now. Read the diff before you commit it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

step "Build"
dotnet build parity-tests/TorchInit.Tests -c Release --nologo -v quiet

step "Approve"
APPROVE=1 dotnet parity-tests/TorchInit.Tests/bin/Release/net10.0/TorchInit.Tests.dll -noLogo -noColor -trait "Approved=file"
git status --short
