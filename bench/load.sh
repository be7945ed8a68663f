#!/usr/bin/env bash
# Prints the figures of bench/RESULTS.md: the load test of the published build, then the kernels.
# `bench/load.sh compare COMMIT [ROUNDS]` builds that commit, too, and puts the loads on both builds in turn: 5 rounds of two minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build.sh
. scripts/lib/dotnet.sh
ensure_dotnet
command -v wrk >/dev/null || install_package wrk wrk >/dev/null || {
  echo "the load generator wrk is missing: https://github.com/wg/wrk" >&2
  exit 1
}
if [ "${1:-}" = compare ]; then
  old=$(mktemp -d)
  trap 'git worktree remove --force "$old"' EXIT
  git worktree add --detach "$old" "$2"
  "$old/scripts/build.sh"
  dotnet run --configuration Release --project bench/AiOutliers.Load -- compare \
    "$old/artifacts/rb-aioutliers/rb-aioutliers" "$PWD/artifacts/rb-aioutliers/rb-aioutliers" "$PWD/tests/Golden/keras" "${3:-5}"
  exit
fi
dotnet run --configuration Release --project bench/AiOutliers.Load -- "$PWD/artifacts/rb-aioutliers/rb-aioutliers" "$PWD/tests/Golden/keras"
echo
echo "Kernels (BenchmarkDotNet):"
cd bench/AiOutliers.Benchmarks
dotnet run --configuration Release -- --inProcess --job short --iterationTime 200 \
  --filter '*NetworkBenchmark*' '*ForestBenchmark*' '*EmbeddedEngineBenchmark*' \
  '*SeasonalScanBenchmark*' '*ManySeriesBenchmark*' '*VusBenchmark*' '*TrainingBenchmark*' | grep '^| '
