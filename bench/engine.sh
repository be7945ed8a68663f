#!/usr/bin/env bash
# Prints the embedded engine's time beside the database's own for the same statement, and the garbage: four weeks, two weeks, a day and
# an hour at one minute. Argument: [ROUNDS].
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- engine "$@"
