#!/usr/bin/env bash
# What monitors of many entities reach, each row of bench/RESULTS.md, "Monitors", by itself: equality, updates, memory, clean, cold, preview
# (all where none is named; numbers after a name make it smaller). Equality and clean take half an hour on two processors.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet build bench/AiOutliers.Benchmarks --configuration Release --verbosity quiet
run() { echo "== $*"; dotnet artifacts/bin/AiOutliers.Benchmarks/release/AiOutliers.Benchmarks.dll monitors "$@"; }
if [ $# -gt 0 ]; then
  run "$@"
else
  for row in updates memory equality clean cold preview; do run $row; done
fi
