#!/usr/bin/env bash
# The main job: C# and real PyTorch draw the same weights, every bit is compared, and a report is written.
# Arguments go to `torchinit parity`. Without Python or torch the recorded answers are compared instead.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

step "Build, and a Python with torch"
scripts/setup.sh --optional

step "Parity"
# It says where its report is, where it wrote one.
dotnet src/TorchInit.Cli/bin/Release/net10.0/TorchInit.Cli.dll parity "$@"
