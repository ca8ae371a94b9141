#!/usr/bin/env bash
# All tests. Closes with "N passed, N failed, N skipped"; fails when anything failed or when no test ran.
# --torch 2.6: live tests ask Debian 13's torch, which scripts/torch.sh provides. It lives in a root of its own, so only a process of its own
# can have it: tests of torch in this process, of Jupyter and of the notebooks are not in such a run.
# --coverage: which lines and branches of src/TorchInit the offline tests reach, as a table by folder in artifacts/coverage.md; below 92 % of
# the lines or 80 % of the branches it fails.
# --long: everything that has a longer form: all notebooks in every front end, all plans of the library, all cases in process, and many more
# random calls, texts, plans, messages and mutated files; and all of dotnet format, where the build has found the same with its analyzers.
# Hours on two cores.
# CI=true: torch must be there, and a test of live torch fails where it would have been skipped.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"
unset APPROVE                                # here files are compared; scripts/approve.sh writes them

projects=(TorchInit.Tests TorchInit.Net8Tests TorchInit.StatisticsTests TorchInit.ParityTests TorchInit.PythonNetTests InitNotebooks.Tests)
other=""
format=(whitespace . --folder --include src/ parity-tests/ samples/ scripts/)
if [[ ${1:-} == --torch && $# -eq 2 ]]; then
  other=$2
  TORCHINIT_PYTHON=$(scripts/torch.sh "$2")
  export TORCHINIT_PYTHON
  projects=(TorchInit.Tests TorchInit.StatisticsTests TorchInit.ParityTests)
elif [[ ${1:-} == --coverage && $# -eq 1 ]]; then
  rm -rf artifacts/coverage
  dotnet build parity-tests/TorchInit.Tests -c Release
  dotnet test --project parity-tests/TorchInit.Tests --configuration Release --no-build --results-directory artifacts/coverage \
    --coverlet --coverlet-output-format cobertura --coverlet-include '[TorchInit]*' --coverlet-single-hit \
    --filter-not-method '*ProjectTests.TorchInit_stands_alone'         # counters are references that the library has not got
  python3 -I scripts/coverage_table.py artifacts/coverage/coverage.cobertura.*.xml 92 80 | tee artifacts/coverage.md
  exit
elif [[ ${1:-} == --long && $# -eq 1 ]]; then
  format=(InitNotebooks.sln --no-restore)
  export TORCHINIT_ALL_NOTEBOOKS=1 TORCHINIT_ALL_PLANS=1 TORCHINIT_ALL_CASES=1 TORCHINIT_FUZZ_CALLS=50000 TORCHINIT_FUZZ_TEXTS=20000
  export TORCHINIT_FUZZED_PLANS=100000 TORCHINIT_HOSTILE_INPUTS=1000000 TORCHINIT_SWEEP=100000 TORCHINIT_STARTS=200
  export TORCHINIT_INTERRUPTS=20 TORCHINIT_FUZZ_SECONDS=600
elif (($#)); then
  echo "test: unknown arguments '$*'; allowed: none, --torch 2.6, --coverage, or --long" >&2
  exit 2
fi

results=artifacts/tests
failed_steps=()
rm -rf "$results" && mkdir -p "$results"

# Runs a step; a failure is remembered, and the steps after it still run.
run() {
  step "$1"
  "${@:2}" || failed_steps+=("$1")
}

# The sum of one attribute of <assembly>, over the result files.
total() {
  sed -n "s/.*<assembly [^>]* $1=\"\([0-9]*\)\".*/\1/p" "$results"/*.xml | awk '{ sum += $1 } END { print sum + 0 }'
}

step "Python with torch"
if [[ "${CI:-}" == true ]]; then
  export TORCHINIT_REQUIRE_LIVE=1
  scripts/setup.sh --jupyter
else
  scripts/setup.sh --jupyter --optional
fi

step "Build"
dotnet build InitNotebooks.sln -c Release

run "Format" dotnet format "${format[@]}" --verify-no-changes
# More threads than processors, because many tests wait for a process.
tests_of() {
  dotnet parity-tests/"$1"/bin/Release/net*/"$1.dll" -noLogo -noColor -maxThreads 1.5x -result-xml "$results/$1.xml"
}

# The notebooks' tests wait for kernels most of the time, so they run beside all others; what they print comes after them.
beside=""
if [[ " ${projects[*]} " == *" InitNotebooks.Tests "* ]]; then
  tests_of InitNotebooks.Tests > "$results/InitNotebooks.Tests.log" 2>&1 &
  beside=$!
  trap 'kill "$beside" 2> /dev/null || true' EXIT
fi
for project in "${projects[@]}"; do
  [[ $project == InitNotebooks.Tests ]] || run "$project" tests_of "$project"
done
status=0 unasked=0
if [[ -z $other ]]; then                     # what is recorded in full is the system's torch
  step "Recorded answers, asked again of live torch"
  dotnet src/TorchInit.Cli/bin/Release/net10.0/TorchInit.Cli.dll record --check || status=$?
fi
if (( status == 2 )) && [[ "${TORCHINIT_REQUIRE_LIVE:-}" != 1 ]]; then
  unasked=1                                  # no torch here: a skip with its reason, counted below
elif (( status != 0 )); then
  failed_steps+=("Recorded answers, asked again of live torch")
fi
if [[ -n $beside ]]; then
  step "InitNotebooks.Tests"
  wait "$beside" || failed_steps+=("InitNotebooks.Tests")
  trap - EXIT
  cat "$results/InitNotebooks.Tests.log"
fi

for project in "${projects[@]}"; do          # a test process that died has left no totals
  [[ -s "$results/$project.xml" ]] || { failed_steps+=("$project left no results"); touch "$results/$project.xml"; }
done
passed=$(total passed) failed=$(total failed) skipped=$(( $(total skipped) + unasked ))

step "Result"
if (( skipped > 0 )); then
  echo "Skipped, by reason:"
  { (( unasked == 0 )) || echo "No Python with torch: recorded answers were not asked again"
    grep -oh '<reason>[^<]*\(<!\[CDATA\[[^]]*\)\{0,1\}' "$results"/*.xml | sed 's/<reason>//; s/<!\[CDATA\[//' || true
  } | sed 's/^/  /' | sort | uniq -c | sort -rn
fi
if (( passed + failed == 0 )); then failed_steps+=("no test ran"); fi
if (( ${#failed_steps[@]} > 0 )); then printf 'Failed: %s\n' "${failed_steps[@]}"; fi
echo "$passed passed, $failed failed, $skipped skipped"
(( failed == 0 && ${#failed_steps[@]} == 0 ))
