#!/usr/bin/env bash
# Mutation testing with dotnet-stryker: changes one operator at a time and asks the tests to notice. TorchInit.StatisticsTests is asked of
# src/TorchInit.Parity/Statistics, TorchInit.Net8Tests of src/TorchInit (not yet run to an end: with every operator of the library switchable, its
# fills are so slow that reading which tests reach which line takes longer than half an hour). Fails when a folder is below 85 %. Writes
# artifacts/mutation/FOLDER.html and FOLDER.json as each folder ends; results/mutation.md after a whole run of Statistics, which takes 76 minutes on
# 2 cores that do nothing else, since a busy machine times out where it should not.
#
#   scripts/mutate.sh [FOLDER ...]     folders of Statistics (Tests, Laws, Checks, …; all of them when none is named), or of TorchInit
#                                      (Random, Distributions, Init, Plans, …)
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

root=$PWD
output=$root/artifacts/mutation
mapfile -t folders < <(find src/TorchInit.Parity/Statistics -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)
if (($# > 0)); then selected=("$@"); else selected=("${folders[@]}"); fi
for folder in "${selected[@]}"; do
    [[ -d src/TorchInit.Parity/Statistics/$folder || -d src/TorchInit/$folder ]] \
        || { echo "mutate: no folder '$folder' in src/TorchInit.Parity/Statistics or src/TorchInit" >&2; exit 2; }
done
mkdir -p "$output/tmp"
dotnet tool restore

# Runs of dotnet-stryker talk to their tests through files of fixed names in the temporary folder: each run gets a folder of its own.
status=0
for folder in "${selected[@]}"; do
    if [[ -d src/TorchInit.Parity/Statistics/$folder ]]; then tests=StatisticsTests mutate="**/Statistics/$folder/*.cs"
    else tests=Net8Tests mutate="**/TorchInit/$folder/**/*.cs"; fi
    (cd "parity-tests/TorchInit.$tests" && TMPDIR=$output/tmp dotnet stryker --output "$output" --mutate "$mutate" --concurrency "$(nproc)") || status=$?
    mv "$output"/reports/mutation-report.html "$output/$folder.html"
    mv "$output"/reports/mutation-report.json "$output/$folder.json"
done
rm -rf "$output/tmp" "$output/reports" "$output/logs"
reports=("${folders[@]/%/.json}")
if (($# == 0)); then python3 -I scripts/mutation_table.py "${reports[@]/#/$output/}" > "$output/mutation.md" && mv "$output/mutation.md" results/mutation.md; fi
exit "$status"
