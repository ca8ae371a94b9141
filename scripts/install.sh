#!/usr/bin/env bash
# Installs for this user: the packages as a NuGet feed, the command `torchinit`, and the C# kernel for Jupyter and VS Code. Run it again after a change.
#
#   scripts/install.sh [--as-dotnet-interactive] [--replace] [--feed FOLDER] [--no-pack]
#   scripts/install.sh --uninstall
#
# --as-dotnet-interactive  the kernel also under the name .net-csharp, by which notebooks of .NET Interactive ask for theirs
# --replace                moves another kernel of that name aside; without it, that kernel stays and nothing is installed under the name
# --feed FOLDER            where the packages go; artifacts/feed without it
# --no-pack                the packages lie in that folder already
# --uninstall              takes away what this script put there, and restores the kernel that it replaced
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/dotnet-sdk.sh"

name=InitNotebooks                           # of the feed among NuGet's sources
packages=(TorchInit TorchInit.Oracle TorchInit.Oracle.PythonNet TorchInit.Parity InitNotebooks TorchInit.Cli)
version=$(sed -n 's/.*<Version>\(.*\)<\/Version>.*/\1/p' Directory.Build.props)
tools=${DOTNET_CLI_HOME:-$HOME}/.dotnet/tools
feed=$PWD/artifacts/feed
pack=true alias=() uninstall=false
while (($#)); do
  case $1 in
    --as-dotnet-interactive) alias+=(--as-dotnet-interactive); shift ;;
    --replace) alias+=(--replace); shift ;;
    --feed) mkdir -p "${2:?--feed needs a folder}" && feed=$(cd "$2" && pwd); shift 2 ;;
    --no-pack) pack=false; shift ;;
    --uninstall) uninstall=true; shift ;;
    -h | --help) sed -n '2,11s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "install: unknown argument '$1'; allowed: --as-dotnet-interactive, --replace, --feed FOLDER, --no-pack, --uninstall" >&2; exit 2 ;;
  esac
done
if [[ ${alias[*]-} == --replace ]]; then
  echo "install: --replace says what becomes of the kernel .net-csharp; it goes with --as-dotnet-interactive" >&2
  exit 2
fi

# The folder of the registered feed; nothing where there is none.
registered() { dotnet nuget list source | awk -v name="$name" '$2 == name { getline; sub(/^ +/, ""); print }'; }

has_tool() { dotnet tool list --global | grep -i '^torchinit\.cli ' >/dev/null; }

# NuGet never asks a feed again for a version that it has; packages of one version may differ from checkout to checkout.
forget_cached() {
  local cache id
  cache=$(dotnet nuget locals global-packages --list | sed 's/^global-packages: //')
  [[ -n $cache ]] || return 0
  for id in "${packages[@]}"; do rm -rf "${cache%/}/$(tr '[:upper:]' '[:lower:]' <<<"$id")/$version"; done
}

# Exit code 1: there is none. 4: it is somebody else's, which stays.
remove_kernel() {
  local code=0
  "$tools/torchinit" kernel uninstall "$@" || code=$?
  ((code == 0 || code == 1 || code == 4)) || return "$code"
}

if $uninstall; then
  if has_tool; then
    step "Kernel"
    remove_kernel
    remove_kernel --as-dotnet-interactive
    step "Command"
    dotnet tool uninstall --global TorchInit.Cli
  fi
  old=$(registered)
  if [[ -n $old ]]; then
    step "Feed"
    dotnet nuget remove source "$name"
    for id in "${packages[@]}"; do rm -f "$old/$id.$version".{nupkg,snupkg}; done
    rmdir --ignore-fail-on-non-empty "$old"
  fi
  forget_cached
  rm -rf artifacts/pack
  echo "Nothing of InitNotebooks is installed for this user any more."
  exit 0
fi

if $pack; then scripts/pack.sh --output "$feed"; fi
forget_cached
if [[ -n $(registered) ]]; then dotnet nuget update source "$name" --source "$feed"; else dotnet nuget add source "$feed" --name "$name"; fi

step "Command"
if has_tool; then dotnet tool uninstall --global TorchInit.Cli; fi
dotnet tool install --global TorchInit.Cli --version "$version" --add-source "$feed"

step "Kernel"
"$tools/torchinit" kernel install
if ((${#alias[@]})); then "$tools/torchinit" kernel install "${alias[@]}"; fi

step "Installed"
echo "command  $tools/torchinit"
echo "feed     $feed (NuGet source '$name')"
echo "kernel   initnotebooks-csharp${alias[*]+, .net-csharp}"
case :$PATH: in
  *":$tools:"*) ;;
  *) echo "Put $tools on PATH, or call torchinit by its whole name." ;;
esac
echo "Next: docs/install.md; scripts/install.sh --uninstall takes it all away."
