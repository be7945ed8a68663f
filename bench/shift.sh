#!/usr/bin/env bash
# Prints what the shift alarm finds in the synthetic suite: by level, days of data, with and without the calendar. Seeds from 1000 on are
# fresh: no parameter was chosen on them. Arguments: [FIRST_SEED [SERIES_PER_TYPE [CLEAN_SERIES]]] [--misses].
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- shift-recall "$@"
