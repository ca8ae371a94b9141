# Sourced, not run: enters the repository root and makes sure that the SDK of global.json is there.
cd "$(dirname "${BASH_SOURCE[0]}")/.."

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
# A bare Debian has no ICU, and without it dotnet does not start.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

if ! dotnet --version >/dev/null 2>&1; then
  cat >&2 <<'END'
The .NET SDK 10 is missing (10.0.100 or a later 10.0; `dotnet --list-sdks` shows what is installed). To install it:
  Linux    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 && export PATH="$HOME/.dotnet:$PATH"
  macOS    brew install --cask dotnet-sdk
  Windows  winget install Microsoft.DotNet.SDK.10
END
  exit 1
fi

# One line before each step, so that a long one is seen to run.
step() { printf '\n== %s\n' "$*"; }
