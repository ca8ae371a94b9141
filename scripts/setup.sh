#!/usr/bin/env bash
# Provides a Python with torch, which the live parity tests ask. Run it as often as you like: where one is there, it says so and stops.
#
#   scripts/setup.sh [--torch VERSION] [--jupyter] [--optional]
#
# --torch VERSION   this version, by pip into .venv; otherwise Debian's python3-torch where it can be installed, else pip's newest
# --jupyter         Debian's Jupyter and Chromium too, in which the tests run the notebooks
# --optional        without torch, say so and succeed: everything but the live tests works without it
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=""
jupyter=false
optional=false
while (($#)); do
  case $1 in
    --torch) version=${2:?--torch needs a version, for example 2.13.0}; shift 2 ;;
    --jupyter) jupyter=true; shift ;;
    --optional) optional=true; shift ;;
    -h | --help) sed -n '2,8s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "setup: unknown argument '$1'; allowed: --torch VERSION, --jupyter, --optional" >&2; exit 2 ;;
  esac
done

give_up() {
  echo "setup: $1" >&2
  $optional || exit 1
  echo "setup: going on without torch; later: scripts/setup.sh, or TORCHINIT_PYTHON=/path/to/python for one that has it" >&2
  exit 0
}

# The order of PythonLocator.cs: a Python that is named is the only one.
candidates() {
  if [[ -n ${TORCHINIT_PYTHON:-} ]]; then echo "$TORCHINIT_PYTHON"; return; fi
  [[ -z ${VIRTUAL_ENV:-} ]] || echo "$VIRTUAL_ENV/bin/python"
  echo .venv/bin/python
  echo /usr/bin/python3
  type -aP python3 python || true
}

torch_of() { "$1" -I -c 'import sys; assert sys.version_info >= (3, 8); import torch; print(torch.__version__)' 2>/dev/null; }

# Prints "python version" of the one that the tests will find.
usable() {
  local python found
  while read -r python; do
    if found=$(torch_of "$python"); then echo "$python $found"; return 0; fi
  done < <(candidates)
  return 1
}

has_libpython() {
  "$1" -I -c 'import os, sysconfig
var = sysconfig.get_config_var
name, lib = var("INSTSONAME") or var("LDLIBRARY") or "", var("LIBDIR") or ""
places = (lib, os.path.join(lib, var("MULTIARCH") or ""), var("PYTHONFRAMEWORKPREFIX") or lib)
raise SystemExit(name.endswith(".a") or not name or not any(os.path.isfile(os.path.join(place, name)) for place in places))'
}

# torch in process (--transport pythonnet) needs Python's shared library, which python3-torch does not bring. The worker does not need it.
provide_libpython() {
  local python=$1 release
  has_libpython "$python" && return
  release=$("$python" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])')
  if [[ $(readlink -f "$python") == "/usr/bin/python$release" ]] && may_install; then
    echo "setup: installing libpython$release"
    apt_install "libpython$release" && has_libpython "$python" && return
  fi
  echo "setup: $python has no shared library, so torch runs as a worker only; Debian and Ubuntu: apt-get install libpython$release" >&2
}

stop_if_there() {
  local python found
  read -r python found < <(usable) || return 0
  if [[ -z $version || ${found%%+*} == "$version" ]]; then
    echo "setup: torch $found is there ($python)"
    provide_libpython "$python"
    exit 0
  fi
}

as_root() { if ((EUID == 0)); then "$@"; else sudo -n "$@"; fi; }

may_install() { command -v apt-get >/dev/null && { ((EUID == 0)) || sudo -n true 2>/dev/null; }; }

apt_install() {
  as_root apt-get update -qq || true    # an old list may do
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

jupyter_packages=(hunspell hunspell-en-gb python3-scipy python3-nbclient python3-ipykernel jupyter-nbconvert jupyter-notebook chromium)

by_apt() {
  may_install || return 1
  echo "setup: installing Debian's python3-torch"
  apt_install python3-torch python3-scipy
}

by_pip() {
  local python base="" made=false index=()
  while read -r python; do
    if "$python" -I -c 'import sys, venv, ensurepip; assert sys.version_info >= (3, 8)' 2>/dev/null; then base=$python; break; fi
  done < <([[ ! -x .venv/bin/python ]] || echo .venv/bin/python; type -aP python3 python || true)
  [[ -n $base ]] || give_up "no Python of 3.8 or later that has venv (Debian: apt-get install python3-venv)"
  # The plain index has CUDA's gigabytes for Linux.
  if [[ $(uname -s) == Linux ]]; then index=(--index-url https://download.pytorch.org/whl/cpu); fi
  if [[ ! -x .venv/bin/python ]]; then "$base" -m venv .venv && made=true; fi
  echo "setup: installing torch${version:+ $version} by pip into .venv"
  if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --retries 1 --timeout 20 "torch${version:+==$version}" ${index[@]+"${index[@]}"} >/dev/null 2>&1; then
    if $made; then rm -rf .venv; fi
    give_up "torch${version:+ $version} could not be had: pip found no such version for $("$base" -V), or no network"
  fi
}

provide_jupyter() {
  if /usr/bin/python3 -I -c 'import scipy, nbclient, nbconvert, ipykernel, notebook' 2>/dev/null && [[ -x /usr/bin/chromium && -f /usr/share/hunspell/en_GB.dic ]]; then echo "setup: Jupyter is there"; return; fi
  if ! may_install; then echo "setup: Jupyter needs apt-get and root: apt-get install ${jupyter_packages[*]}" >&2; $optional || exit 1; return; fi
  echo "setup: installing Debian's Jupyter"
  apt_install "${jupyter_packages[@]}" || { echo "setup: Jupyter could not be installed" >&2; $optional || exit 1; }
}

if $jupyter; then provide_jupyter; fi
stop_if_there
if [[ -n ${TORCHINIT_PYTHON:-} ]]; then give_up "TORCHINIT_PYTHON names $TORCHINIT_PYTHON, which has no torch${version:+ $version}"; fi
if [[ -n $version ]] || ! by_apt; then by_pip; fi
stop_if_there
give_up "torch was installed, but none of these imports it${version:+ as $version}: $(candidates | tr '\n' ' ')"
