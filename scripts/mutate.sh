#!/usr/bin/env bash
# Mutation testing: changes one operator at a time and asks the tests to notice. dotnet-stryker asks TorchInit.StatisticsTests about
# src/TorchInit.Parity/Statistics; parity-tests/TorchInit.MutationTests asks the short tests of the library about src/TorchInit. Fails when a folder is
# below 85 %. Writes artifacts/mutation/FOLDER.json as each folder ends (and FOLDER.html for Statistics); results/mutation.md after a whole run of
# Statistics, which takes 76 minutes on 2 cores that do nothing else, since a busy machine times out where it should not; results/mutation-library.md
# after each folder of the library, of all whose reports are in artifacts/mutation.
#
#   scripts/mutate.sh [--again] [FOLDER ...]     folders of Statistics (Tests, Laws, Checks, …; all of them when none is named), or of
#                                                TorchInit (Random, Init, …). --again, for after tests were added: of the library's
#                                                folders, asks only about what no test noticed last time
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

root=$PWD
output=$root/artifacts/mutation
again=()
if [[ ${1:-} == --again ]]; then again=("$1"); shift; fi
mapfile -t folders < <(find src/TorchInit.Parity/Statistics -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)
if (($# > 0)); then selected=("$@"); else selected=("${folders[@]}"); fi
for folder in "${selected[@]}"; do
    [[ -d src/TorchInit.Parity/Statistics/$folder || -d src/TorchInit/$folder ]] \
        || { echo "mutate: no folder '$folder' in src/TorchInit.Parity/Statistics or src/TorchInit" >&2; exit 2; }
done
mkdir -p "$output"

table() { python3 -I scripts/mutation_table.py "${@:2}" > "$output/mutation.md" && mv "$output/mutation.md" "results/$1.md"; }

# The library, every change planted in a copy of the tree.
ask_library() {
    local copy=$output/$1 of reports=()
    dotnet build -c Release -v q -nologo -p:RunAnalyzers=false parity-tests/TorchInit.MutationTests
    rm -rf "$copy" && mkdir -p "$copy"
    git ls-files -co --exclude-standard -z | tar --null --ignore-failed-read -T - -c | tar -x -C "$copy"
    dotnet parity-tests/TorchInit.MutationTests/bin/Release/net10.0/TorchInit.MutationTests.dll "$copy" "$1" "$output/$1.json" \
        "${again[@]}" || status=$?
    rm -rf "$copy"
    for of in src/TorchInit/*/; do of=$output/$(basename "$of").json; [[ ! -f $of ]] || reports+=("$of"); done
    table mutation-library TorchInit "${reports[@]}"
}

# Runs of dotnet-stryker talk to their tests through files of fixed names in the temporary folder: each run gets a folder of its own.
ask_statistics() {
    mkdir -p "$output/tmp"
    dotnet tool restore
    (cd parity-tests/TorchInit.StatisticsTests \
        && TMPDIR=$output/tmp dotnet stryker --output "$output" --mutate "**/Statistics/$1/*.cs" --concurrency "$(nproc)") || status=$?
    mv "$output"/reports/mutation-report.html "$output/$1.html"
    mv "$output"/reports/mutation-report.json "$output/$1.json"
    rm -rf "$output/tmp" "$output/reports" "$output/logs"
}

status=0
for folder in "${selected[@]}"; do
    if [[ -d src/TorchInit.Parity/Statistics/$folder ]]; then ask_statistics "$folder"; else ask_library "$folder"; fi
done
reports=("${folders[@]/%/.json}")
if (($# == 0)); then table mutation Statistics "${reports[@]/#/$output/}"; fi
exit "$status"
