#!/usr/bin/env bash
# Reads damaged files of every kind: none may crash the reader or take memory. Arguments: [FILES [SEED...]]; each seed is a run of so many
# files, 25,000 with four seeds if none is told.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
files=${1:-25000}
shift || true
[ $# -gt 0 ] || set -- 1 2 3 4
dotnet build --configuration Release -v quiet tests/AiOutliers.Druid.Tests
for seed in "$@"; do
  AIOUTLIERS_SEED=$seed AIOUTLIERS_MUTATIONS=$files dotnet test --project tests/AiOutliers.Druid.Tests --no-build --configuration Release \
    --no-progress --output detailed --filter-method '*Read_DamagedFiles_AreAnsweredOrRefused'
done
