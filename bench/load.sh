#!/usr/bin/env bash
# Starts the published build and prints the table of the load test (bench/RESULTS.md).
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
. scripts/lib/dotnet.sh
ensure_dotnet
exec dotnet run --configuration Release --project bench/AiOutliers.Load -- "$PWD/artifacts/rb-aioutliers/rb-aioutliers" "$PWD/tests/Golden/keras"
