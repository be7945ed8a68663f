#!/usr/bin/env bash
# Measures the console on the sample data: start, bytes, times in a headless Chromium, memory, version 1 beside it, a long series.
# Needs chromium; prints a table.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x artifacts/rb-aioutliers/rb-aioutliers ] || scripts/build.sh
dotnet build bench/AiOutliers.ConsoleTimes --configuration Release -v quiet
log=$(mktemp)
port=${PORT:-39191}
begin=$(date +%s%N)
OutliersServerProduction__outliers_server_port=$port artifacts/rb-aioutliers/rb-aioutliers serve --config samples/config.ini > "$log" 2>&1 &
service=$!
trap 'kill "$service" 2> /dev/null || true; rm -f "$log"' EXIT
until curl -s -o /dev/null "http://127.0.0.1:$port/health/live"; do sleep 0.01; done
echo "| work | measured |"
echo "| --- | --- |"
echo "| start of \`serve\` to the first answer | $((($(date +%s%N) - begin) / 1000000)) ms |"
script=$(curl -s "http://127.0.0.1:$port/settings" | sed -n 's:.*src="\(/assets/console[^"]*\)".*:\1:p')
echo "| script, compressed | $(curl -s -H 'Accept-Encoding: br' "http://127.0.0.1:$port$script" | wc -c) bytes |"
times=artifacts/bin/AiOutliers.ConsoleTimes/release/AiOutliers.ConsoleTimes.dll
dotnet "$times" "http://127.0.0.1:$port"
pss() { awk '/^Pss(_Anon|_File)?:/ { mb[$1] = $2 / 1000 }
  END { printf "%d MB, %d of it memory, %d files", mb["Pss:"], mb["Pss_Anon:"], mb["Pss_File:"] }' "/proc/$service/smaps_rollup"; }
echo "| PSS of the service after it | $(pss) |"
sleep 10
echo "| PSS ten seconds later | $(pss) |"
dotnet "$times" load "http://127.0.0.1:$port"
echo "| PSS of the service after the load | $(pss) |"
kill "$service"
wait "$service" || true

long=$(mktemp -d)
dotnet "$times" make "$long"
Druid__druid_endpoint=duckdb:$long OutliersServerProduction__outliers_server_port=$port \
  artifacts/rb-aioutliers/rb-aioutliers serve --config samples/config.ini > "$log" 2>&1 &
service=$!
trap 'kill "$service" 2> /dev/null || true; rm -rf "$log" "$long"' EXIT
until curl -s -o /dev/null "http://127.0.0.1:$port/health/live"; do sleep 0.1; done
dotnet "$times" long "http://127.0.0.1:$port"
