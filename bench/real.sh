#!/usr/bin/env bash
# Prints how `seasonal-scan` does on data as it is: gaps, live use, labelled operations data, few rows a day, small counts, NAB in order.
# Arguments: the parts wanted, of gaps live operations nab few counts levels cases (all without one), and --seed FIRST (40000: nothing
# was chosen on seeds from 1000 on), --series N. The labelled data lies in ../shared/data, or where AIOUTLIERS_DATA_HOME says.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- real "$@"
