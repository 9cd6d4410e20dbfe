#!/usr/bin/env bash
# ./test.sh         the gate: builds, then every test that fits a quarter of an hour
# ./test.sh --long  what takes longer: a million inputs per codec, the kill loop (kill -9 of the whole process at twenty random moments)
set -euo pipefail
cd "$(dirname "$0")"

long=0
for argument in "$@"; do
  case "$argument" in
    --long) long=1 ;;
    *) echo "usage: ./test.sh [--long]" >&2; exit 2 ;;
  esac
done

command -v dotnet >/dev/null || { echo "test.sh: .NET SDK 10 is needed." >&2; exit 1; }
command -v npm >/dev/null || { echo "test.sh: Node.js 20 with npm is needed." >&2; exit 1; }

# Real services, installed here when they are missing; a test whose service is missing fails.
packages=()
command -v mosquitto_pub >/dev/null || packages+=(mosquitto-clients)
command -v mosquitto_passwd >/dev/null || packages+=(mosquitto)
# Only its programs: the tests run instances of their own in temporary folders, never the system's.
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
command -v influxd >/dev/null || packages+=(influxdb)
command -v chromium >/dev/null || packages+=(chromium)
[ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ] || packages+=(fontconfig fonts-noto-cjk)
if [ ${#packages[@]} -gt 0 ]; then
  echo "Installing ${packages[*]} …"
  export DEBIAN_FRONTEND=noninteractive
  as_root=(); [ "$(id -u)" = 0 ] || as_root=(sudo)
  "${as_root[@]}" apt-get update -qq
  "${as_root[@]}" apt-get install -y -qq "${packages[@]}" >/dev/null
fi

echo "Building …"
dotnet build Earmark.slnx -c Release -v quiet --nologo -clp:ErrorsOnly

passed=0
failed=0
broken=0
run_tests() { # project, arguments…
  local project=$1 log status
  shift
  log=$(mktemp)
  status=0
  "tests/$project/bin/Release/net10.0/Earmark.$project" --no-ansi --no-progress "$@" 2>&1 | tee "$log" || status=$?
  passed=$((passed + $(awk '/^ *succeeded:/ {n = $2} END {print n + 0}' "$log")))
  failed=$((failed + $(awk '/^ *failed:/ {n = $2} END {print n + 0}' "$log")))
  [ "$status" = 0 ] || broken=1
  rm -f "$log"
}

if [ "$long" = 1 ]; then
  rm -f TestResults/faults.md
  run_tests Tests --filter-trait "Length=Long"
  run_tests SystemTests --filter-trait "Length=Long"
  [ -f TestResults/faults.md ] && cat TestResults/faults.md
else
  run_tests Tests --filter-not-trait "Length=Long"
  run_tests SystemTests --filter-not-trait "Length=Long"
fi

echo "$passed passed, $failed failed"
[ "$broken" = 0 ] && [ "$failed" = 0 ] && [ "$passed" -gt 0 ]
