#!/usr/bin/env bash
# Provides another torch beside the system's, and prints the path of a Python that has it. Run it as often as you like: what is there stays.
#
#   scripts/torch.sh 2.6 [--quiet]
#
# 2.6       Debian 13's python3-torch 2.6.0 on glibc 2.41 and LAPACK 3.12.1, in a root of its own (debootstrap; needs root, x86-64 or arm64, 2 GB, 3 to 10 minutes)
# --quiet   prints the path alone
#
# The root lies in ${XDG_CACHE_HOME:-~/.cache}/torchinit; to be rid of it: rm -r that folder (nothing stays mounted in it).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

version=""
quiet=false
while (($#)); do
  case $1 in
    2.6) version=$1; shift ;;
    --quiet) quiet=true; shift ;;
    -h | --help) sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 0 ;;
    *) echo "torch: unknown argument '$1'; allowed: 2.6, --quiet (another version: scripts/setup.sh --torch VERSION)" >&2; exit 2 ;;
  esac
done
[[ -n $version ]] || { echo "torch: which torch? allowed: 2.6" >&2; exit 2; }

cache=${XDG_CACHE_HOME:-$HOME/.cache}/torchinit
root=$cache/debian-13
python=$cache/python-torch-2.6
checkout=$PWD

say() { $quiet || echo "torch: $1" >&2; }
fail() { echo "torch: $1" >&2; exit 1; }

# What a root that was left half-made has not got: written last, and then renamed into its place.
is_made() { [[ -x $root/usr/bin/python3 && -d $root/usr/lib/python3/dist-packages/torch && -f $root/.torchinit-made ]]; }

write_wrapper() {
  cat > "$python.new" <<END
#!/bin/sh
# Python of Debian 13 with torch 2.6, in a mount namespace of its own: nothing stays mounted. The checkout and /tmp are where they are outside.
exec unshare --mount --propagation private /bin/sh -c '
  root=\$1; here=\$2; shift 2
  for folder in /dev /proc /tmp "$checkout"; do
    mkdir -p "\$root\$folder" && mount --rbind "\$folder" "\$root\$folder" || exit 125
  done
  exec chroot "\$root" /bin/sh -c "cd \"\\\$0\" 2>/dev/null || cd /; exec /usr/bin/python3 \"\\\$@\"" "\$here" "\$@"
' sh "$root" "\$PWD" "\$@"
END
  chmod +x "$python.new" && mv "$python.new" "$python"
}

# A killed debootstrap leaves its /proc mounted.
remove() {
  local mounted
  while read -r mounted; do umount "$mounted"; done < <(awk -v folder="$1/" 'index($2, folder) == 1 { print $2 }' /proc/self/mounts | sort -r)
  rm -rf --one-file-system "$1"
}

make_root() {
  command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
  local mirror new=$root.new
  # The mirror that apt is set up with, where this is Debian; else debootstrap's own.
  mirror=$(apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 2>/dev/null | awk '$1 == "Debian" && $2 !~ /security/ { print $2; exit }' || true)
  if [[ -e $root || -e $new ]]; then say "a root that was left half-made is made anew"; remove "$root"; remove "$new"; fi
  say "making Debian 13's root with torch 2.6 in $root: 700 MB to fetch, 2 GB on disk, 3 to 10 minutes"
  mkdir -p "$cache"
  debootstrap --variant=minbase --include=python3-torch,python3-numpy trixie "$new" ${mirror:+"$mirror"} > "$cache/debian-13.log" 2>&1 \
    || { tail -n 5 "$cache/debian-13.log" >&2; remove "$new"; fail "debootstrap failed; the whole of what it said: $cache/debian-13.log"; }
  rm -rf "$new"/var/cache/apt/archives/*.deb "$new"/var/lib/apt/lists/*
  touch "$new/.torchinit-made"
  mv "$new" "$root"
}

((EUID == 0)) || fail "a root of its own needs root: sudo scripts/torch.sh $version"
mkdir -p "$cache"
exec 9> "$cache/lock"
flock 9                                     # a second run waits for the first
is_made || make_root
write_wrapper
found=$("$python" -I -c 'import torch; print(torch.__version__)' 2>&1) || fail "$python cannot import torch: $found"
say "torch $found is there; use it with TORCHINIT_PYTHON=$python, or torchinit parity --python $python"
echo "$python"
