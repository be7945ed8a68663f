#!/usr/bin/env bash
# Prints what short questions get from the weeks before them, each figure with its bar (bench/RESULTS.md, "History"). Arguments: the rows
# to print, of questions, same-on-druid, suite, delay, embedded, druid, judging, load (all where none is named); --seeds N, --repeats N,
# --questions N for fewer of each. The rows of a real Druid need one (AIOUTLIERS_DRUID_HOME, else ../shared/druid).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- history "$@"
