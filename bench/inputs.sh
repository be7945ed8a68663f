#!/usr/bin/env bash
# Prints how long files of 10,000 series take to be read, beside the database's own scan of them, with the memory; then reads damaged files of every
# kind. Arguments: [ROWS [DAMAGED]]; 28,000,000 rows are 1 GB of CSV.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
rows=${1:-28000000}
damaged=${2:-100000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
dotnet build --configuration Release -v quiet bench/AiOutliers.Benchmarks
inputs() { dotnet run --no-build --configuration Release --project bench/AiOutliers.Benchmarks -- inputs "$@"; }
for file in flows.csv flows.parquet; do
  inputs make "$folder/$file" "$rows"
  inputs scan "$folder/$file"
  inputs read "$folder/$file"
  inputs order "$folder/$file"
  rm "$folder/$file"
done
dotnet build --configuration Release -v quiet tests/AiOutliers.Druid.Tests
# Four parts, each with damages of its own.
for seed in 1 2 3 4; do
  AIOUTLIERS_SEED=$seed AIOUTLIERS_MUTATIONS=$((damaged / 4)) dotnet test --project tests/AiOutliers.Druid.Tests --no-build \
    --configuration Release --no-progress --filter-method '*Read_DamagedFiles_AreAnsweredOrRefused'
done
