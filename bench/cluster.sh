#!/usr/bin/env bash
# The cluster's failure tests at full size: five rounds of killed workers, Redis restarted with and without its data, S3 and Druid gone,
# clocks a year off, poisoned jobs, 5,000 models, swaps under load. Needs redis-server and, for S3, MinIO (docs/cluster.md). Prints the
# figures of bench/RESULTS.md; ends with the first part that fails.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet build --configuration Release -v quiet tests/AiOutliers.Cluster.Tests
run() {
  dotnet artifacts/bin/AiOutliers.Cluster.Tests/release/AiOutliers.Cluster.Tests.dll -showLiveOutput -class "$1" \
    | grep -E 'ms$| s$|requests in|round [0-9]|FAIL|Total:'
}
AIOUTLIERS_KILL_ROUNDS=${AIOUTLIERS_KILL_ROUNDS:-5} run '*KilledWorkersTests'
run '*WorkerDeathTests'
run '*TrainingTests'
run '*WrongClockTests'
run '*PoisonedQueueTests'
AIOUTLIERS_MANY_MODELS=${AIOUTLIERS_MANY_MODELS:-5000} run '*ManyModelsTests'
run '*ExecutorTests'
