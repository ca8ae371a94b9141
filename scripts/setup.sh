#!/usr/bin/env bash
# Provides a Python with torch, which the live parity tests ask: builds the command, and lets `torchinit setup` do it. Run it as often as you
# like: where one is there, it says so and stops. Arguments go to `torchinit setup` (--help lists them):
#
#   scripts/setup.sh [--torch VERSION] [--jupyter] [--optional] [--dry-run] [--json]
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

dotnet build src/TorchInit.Cli -c Release --nologo -v quiet >&2
exec dotnet src/TorchInit.Cli/bin/Release/net10.0/TorchInit.Cli.dll setup "$@"
