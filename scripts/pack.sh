#!/usr/bin/env bash
# Packs the libraries, the notebook package and the command into a NuGet feed, which is a folder.
#
#   scripts/pack.sh [--output FOLDER] [--version VERSION] [--no-build]
#
# --output FOLDER     artifacts/feed without it; packages that are there stay
# --version VERSION   the one of Directory.Build.props without it
# --no-build          packs what `dotnet build -c Release` has made; without it everything is built anew, with paths that are the same on every machine
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

output=artifacts/feed
arguments=(-c Release --nologo -v quiet)
build=true
while (($#)); do
  case $1 in
    --output) output=${2:?--output needs a folder}; shift 2 ;;
    --version) arguments+=("-p:Version=${2:?--version needs one, for example 0.1.0}"); shift 2 ;;
    --no-build) build=false; shift ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "pack: unknown argument '$1'; allowed: --output FOLDER, --version VERSION, --no-build" >&2; exit 2 ;;
  esac
done
if $build; then
  # Beside the ordinary build, which has this machine's paths in it.
  arguments+=(--artifacts-path artifacts/pack -p:ContinuousIntegrationBuild=true)
else
  arguments+=(--no-build)
fi

mkdir -p "$output"
output=$(cd "$output" && pwd)
for project in TorchInit TorchInit.Oracle TorchInit.Oracle.PythonNet TorchInit.Parity InitNotebooks.Plots TorchInit.Cli; do
  step "Pack $project"
  dotnet pack "src/$project" "${arguments[@]}" --output "$output"
done
step "Feed"
echo "$output"
find "$output" -maxdepth 1 -name '*.nupkg' -exec basename {} \; | sort
