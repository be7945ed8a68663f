#!/usr/bin/env bash
# Prints how long files of 10,000 series take to be read, beside the database's own time for them, with the memory. Argument: [ROWS];
# 28,000,000 rows are 1 GB of CSV. bench/damaged.sh reads damaged files.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
rows=${1:-28000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Compiled beforehand, as the service is.
dotnet publish --configuration Release -v quiet --runtime linux-x64 --no-self-contained -p:PublishReadyToRun=true -p:TieredPGO=false \
  --output "$folder/bench" bench/AiOutliers.Benchmarks
inputs() { "$folder/bench/AiOutliers.Benchmarks" inputs "$@"; }
for file in flows.csv flows.parquet; do
  inputs make "$folder/$file" "$rows"
  for what in scan hand keep order read; do
    inputs "$what" "$folder/$file"
  done
  rm "$folder/$file"
done
