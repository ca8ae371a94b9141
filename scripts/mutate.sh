#!/usr/bin/env bash
# Mutation testing of src/TorchInit.Parity/Statistics with dotnet-stryker: changes one operator at a time and asks TorchInit.StatisticsTests to notice.
# Fails below 85 %. Writes artifacts/mutation/ (report.html, report.json) and results/mutation.md. About 20 minutes on 2 cores.
#
#   scripts/mutate.sh [--mutate "**/Statistics/Tests/*.cs"]     other arguments go to dotnet-stryker; results/mutation.md is written for a whole run only
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

root=$PWD
output=$root/artifacts/mutation
mkdir -p "$output/tmp"
dotnet tool restore

# Runs of dotnet-stryker talk to their tests through files of fixed names in the temporary folder: each run gets a folder of its own.
status=0
(cd parity-tests/TorchInit.StatisticsTests && TMPDIR=$output/tmp dotnet stryker --output "$output" "$@") || status=$?
mv "$output"/reports/mutation-report.html "$output/report.html"
mv "$output"/reports/mutation-report.json "$output/report.json"
rm -rf "$output/tmp" "$output/reports" "$output/logs"
if (($# == 0)); then python3 -I scripts/mutation_table.py "$output/report.json" > "$output/mutation.md" && mv "$output/mutation.md" results/mutation.md; fi
exit "$status"
