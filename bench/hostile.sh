#!/usr/bin/env bash
# Hostile clients on the published build, and a healthy one beside them: mutated requests (the argument says how many), then clients that do
# not read, say nothing, are slow or ask for too much. Prints the figures of bench/RESULTS.md; exit code 1 when a bar is missed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
. scripts/lib/dotnet.sh
ensure_dotnet
# Each client is a connection on both sides.
ulimit -n "$(ulimit -Hn)"
dotnet run --configuration Release --project bench/AiOutliers.Load -- \
  hostile "$PWD/artifacts/rb-aioutliers/rb-aioutliers" "$PWD/tests/Golden/keras" "$PWD/samples" "${1:-1000000}"
