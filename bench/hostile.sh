#!/usr/bin/env bash
# Hostile clients on the published build, and a healthy one beside them: mutated requests (the argument says how many), then clients that do
# not read, say nothing, are slow or ask for too much. Prints the figures of bench/RESULTS.md; exit code 1 when a bar is missed.
# `bench/hostile.sh v2 [REQUESTS [FIRST [PARTS]]]` sends mutated requests of version 2 only, and tells after each part what
# memory is made of.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
. scripts/lib/dotnet.sh
ensure_dotnet
if [ "${1:-}" = v2 ]; then
  exec dotnet run --configuration Release --project bench/AiOutliers.Load -- \
    hostile-v2 "$PWD/artifacts/rb-aioutliers/rb-aioutliers" "$PWD/samples" "${3:-0}" "${2:-200000}" "${4:-4}"
fi
# Each client is a connection on both sides.
ulimit -n "$(ulimit -Hn)"
dotnet build --configuration Release -v quiet bench/AiOutliers.Load
load() { dotnet run --no-build --configuration Release --project bench/AiOutliers.Load -- "$@"; }
service=("$PWD/artifacts/rb-aioutliers/rb-aioutliers" "$PWD/tests/Golden/keras" "$PWD/samples")
met=0
load hostile "${service[@]}" "${1:-1000000}" || met=1
load greedy "${service[@]}" || met=1
exit "$met"
