#!/usr/bin/env bash
# Prints how well and how fast causes are found, each figure with its bar (bench/RESULTS.md, "Causes"). Arguments: the rows to print, of
# flows, tables, dense, cells, embedded (all where none is named); --seed N and --seeds N choose other networks: 1000 and 6; --tables N
# is how many dense tables of each set; --misses tells what was missed. Seeds from 1000 on are fresh: no constant was chosen on them.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- causes "$@"
