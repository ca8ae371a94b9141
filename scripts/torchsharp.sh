#!/usr/bin/env bash
# Real TorchSharp answers the scoreboard's cases (samples/torchsharp/answers.cs), and is judged. It needs glibc and libstdc++ of Debian 13 or
# Ubuntu 24.04: it runs in the root of scripts/torch.sh, or where --python points. Fetches 128 MB from NuGet; 1.2 GB on disk.
#
#   scripts/torchsharp.sh [--python PYTHON] [--record]
#
# --python PYTHON   a Python in a root where TorchSharp loads; without it the one of scripts/torch.sh 2.6, which needs root
# --record          keeps the answers in parity-tests/golden/torchsharp, and the verdicts in results/torchsharp.md
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

python="" record=false
while (($#)); do
  case $1 in
    --python) python=${2:?--python needs a path}; shift 2 ;;
    --record) record=true; shift ;;
    *) echo "torchsharp: unknown argument '$1'; allowed: --python PYTHON, --record" >&2; exit 2 ;;
  esac
done
[[ -n $python ]] || python=$(scripts/torch.sh 2.6)
case $(uname -m) in x86_64) runtime=linux-x64 ;; *) echo "torchsharp: libtorch-cpu-linux-x64 needs an x86-64, not $(uname -m)" >&2; exit 1 ;; esac

work=$PWD/artifacts/torchsharp
step "Build"
dotnet build src/TorchInit.Cli -c Release --nologo -v quiet
dotnet publish samples/torchsharp/answers.cs -r "$runtime" --self-contained -o "$work/program" --nologo -v quiet
dotnet publish samples/torchsharp/load.cs -r "$runtime" --self-contained -o "$work/load" --nologo -v quiet
torchinit() { dotnet src/TorchInit.Cli/bin/Release/net10.0/TorchInit.Cli.dll scoreboard "$@"; }

step "Answers of TorchSharp"
rm -rf "$work/answers"
torchinit cases -o "$work/cases.json"
# The root has no .NET: the program brings its own, and Python starts it.
"$python" -I -c 'import os, sys; os.execv(sys.argv[1], sys.argv[1:])' "$work/program/answers" "$work/cases.json" "$work/answers"

step "A plan's weights in a TorchSharp model (samples/torchsharp/load.cs)"
"$python" -I -c 'import os, sys; os.execv(sys.argv[1], sys.argv[1:])' "$work/load/load"

step "Judgement"
if $record; then
  rm -f parity-tests/golden/torchsharp/*
  torchinit record "$work/answers" -o parity-tests/golden/torchsharp
  torchinit judge parity-tests/golden/torchsharp --name TorchSharp -o results/torchsharp.md || (($? == 1))
else
  torchinit judge "$work/answers" --name TorchSharp || (($? == 1))     # 1: something differs, which is what is to be shown
fi
