#!/usr/bin/env bash
# Monitors: prints the figures of bench/RESULTS.md.
#   bench/monitors.sh chaos      20 monitors x 500 entities, a bucket every 10 s, for 10 minutes; services killed, PostgreSQL restarted
#   bench/monitors.sh receiver   a receiver of alerts that is down, slow, answers 500, cuts off
#   bench/monitors.sh incidents  pages of a million incidents in SQLite and PostgreSQL
#   bench/monitors.sh updates | memory | equality | clean | soon | cold | preview [NUMBER...]
#                                state of entities; numbers make it smaller. Equality and clean take half an hour on two processors.
# The first three need PostgreSQL; without it the tests are skipped, with the reason.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet

# test_class PROJECT CLASS: runs the tests of a class and prints what they say.
test_class() {
  dotnet build --configuration Release -v quiet "tests/$1"
  dotnet "artifacts/bin/$1/release/$1.dll" -showLiveOutput -class "*$2" | grep -E 'ms$|monitors ×|messages|FAIL|SKIP|Total:'
}

case "${1:-}" in
  chaos) AIOUTLIERS_MONITOR_CHAOS=${AIOUTLIERS_MONITOR_CHAOS:-600,20,500,10} test_class AiOutliers.Cluster.Tests KilledNodesTests ;;
  receiver) AIOUTLIERS_RECEIVER_SECONDS=${AIOUTLIERS_RECEIVER_SECONDS:-300} test_class AiOutliers.Cluster.Tests BadReceiverTests ;;
  incidents) AIOUTLIERS_MANY_INCIDENTS=${AIOUTLIERS_MANY_INCIDENTS:-1000000} test_class AiOutliers.Monitoring.Tests ManyIncidentsTests ;;
  updates | memory | equality | clean | soon | cold | preview)
    dotnet build --configuration Release -v quiet bench/AiOutliers.Benchmarks
    dotnet artifacts/bin/AiOutliers.Benchmarks/release/AiOutliers.Benchmarks.dll monitors "$@" ;;
  *) sed -n '3,7p' "$0"; exit 2 ;;
esac
