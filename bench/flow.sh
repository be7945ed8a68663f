#!/usr/bin/env bash
# Trains a model for each of some series of flows and prints what it finds in the 14 days after: by kind of incident, with false events
# a day and the average precision, beside simpler rules. Seeds from 1000 on are fresh: no parameter was chosen on them.
# Arguments: [FIRST_SEED [SEEDS]] [--misses].
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- flow-suite "$@"
