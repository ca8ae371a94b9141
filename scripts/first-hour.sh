#!/usr/bin/env bash
# Times a newcomer's path in a fresh clone, with a home folder and NuGet packages of its own: to the first report, to the first notebook, and to a
# program with the package. README.md and docs/install.md give these minutes. PyTorch is expected to be installed.
#
#   scripts/first-hour.sh
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git clone --quiet "$PWD" "$folder/clone"
mkdir -p "$folder/home/.nuget"
[[ ! -d $HOME/.nuget/NuGet ]] || cp -r "$HOME/.nuget/NuGet" "$folder/home/.nuget/"
export HOME=$folder/home DOTNET_CLI_HOME=$folder/home
cd "$folder/clone"

timed() {
  local name=$1 start=$SECONDS
  shift
  "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; echo "first-hour: '$*' failed" >&2; exit 1; }
  printf '%-70s %3d s\n' "$name" $((SECONDS - start))
}

own_program() {
  dotnet new console --output "$folder/own"
  cd "$folder/own"
  dotnet add package TorchInit
  cat >Program.cs <<'END'
using TorchInit;
Console.WriteLine(Modules.Linear(784, 10).Materialize(seed: 42)["bias"]);
END
  dotnet run
}

torchinit=(dotnet run --project src/TorchInit.Cli --configuration Release --)
timed "scripts/run.sh: the report" ./scripts/run.sh
timed "dotnet build InitNotebooks.sln: the rest" dotnet build InitNotebooks.sln --configuration Release
timed "kernel install" "${torchinit[@]}" kernel install --as-dotnet-interactive
timed "notebook run notebooks/01-fully-connected.ipynb --check" "${torchinit[@]}" notebook run notebooks/01-fully-connected.ipynb --check
timed "scripts/install.sh: packages, command, kernel" ./scripts/install.sh
timed "a new project, dotnet add package TorchInit, dotnet run" own_program
