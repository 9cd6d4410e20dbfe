#!/usr/bin/env bash
# Builds Earmark when its sources changed, then starts it: ./run.sh [earmark run options]
# Everything runs in one process on this machine; data under ./data; Ctrl-C stops it cleanly.
set -euo pipefail
cd "$(dirname "$0")"

need() { command -v "$1" >/dev/null 2>&1 || { echo "run.sh: $2" >&2; exit 1; }; }
need dotnet ".NET SDK 10 is needed (dotnet on PATH)."
need node "Node.js 20 or newer is needed for the portal's scripts (node on PATH)."
need npm "npm is needed for the portal's scripts."

program=src/Earmark/bin/Release/net10.0/earmark.dll
sources=(src firmware-protocols Directory.Build.props Directory.Packages.props global.json)
changed() {
  [ -f "$program" ] || return 0
  [ -n "$(find "${sources[@]}" \( -name bin -o -name obj -o -name node_modules -o -path src/Portal/wwwroot/js \) -prune -o -type f -newer "$program" -print -quit)" ]
}

if changed; then
  echo "Building Earmark (the first time takes a minute or two) …"
  if ! dotnet build src/Earmark/Earmark.csproj -c Release -v quiet --nologo -clp:ErrorsOnly; then
    echo "run.sh: the build failed; the messages above say why." >&2
    exit 1
  fi
  touch "$program"
fi

# A young generation of 64 MB keeps collections rare under a stream of frames.
export DOTNET_GCgen0size=${DOTNET_GCgen0size:-0x4000000}
exec dotnet "$program" run "$@"
