#!/usr/bin/env bash
# Many series over HTTP, the service and its embedded engine on this machine: 10,000 series of a day at 5 minutes line by line, 1,000
# series of a week at 5 minutes as one answer, and 300 MB of rows in the body. Prints the figures of bench/RESULTS.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
program=${1:-}
if [ -z "$program" ]; then
  dotnet build src/AiOutliers.Service --configuration Release --verbosity quiet
  program="dotnet $PWD/artifacts/bin/AiOutliers.Service/release/rb-aioutliers.dll"
fi
folder=$(mktemp -d)
trap 'kill $service 2>/dev/null || true; rm -rf "$folder"' EXIT

# A day's rhythm for every series, noise, and in one of fifty a flood.
rows() {
  awk -v series="$1" -v count="$2" 'BEGIN {
    srand(1); print "__time,host,sum_bytes"
    for (row = 0; row < count; row++) {
      time = 1709251200000 + row * 300000
      usual = 1e6 * exp(0.8 * sin(6.283185307 * row / 288))
      for (s = 0; s < series; s++) {
        flood = s % 50 == 7 && row > count - 40 && row < count - 30 ? 4 : 1
        printf "%.0f,host-%05d,%.0f\n", time, s, usual * (1 + 0.1 * (rand() - 0.5)) * flood
      }
    }
  }'
}
rows 10000 288 > "$folder/day.csv"
rows 1000 2016 > "$folder/week.csv"

port=39777
OutliersServerProduction__outliers_binding_address=127.0.0.1 OutliersServerProduction__outliers_server_port=$port \
  Security__requests_per_minute=0 Druid__druid_endpoint="duckdb:$folder" $program serve > "$folder/log" 2>&1 &
service=$!
until curl -s -o /dev/null "http://127.0.0.1:$port/health/live"; do sleep .2; done

ask() { # data source, interval, Accept, format of the figures
  curl -s -o "$folder/answer" -w "$4" "http://127.0.0.1:$port/api/v2/detect" -H 'Content-Type: application/json' -H "Accept: $3" -d '{
    "series": {"dataSource": "'"$1"'", "metrics": [{"type": "longSum", "name": "bytes", "fieldName": "sum_bytes"}], "granularity": "PT5M",
      "interval": "'"$2"'", "by": ["host"], "top": 10000}, "history": "off", "include": ["incidents"], "only": "anomalous"}'
}
for run in 1 2 3 4; do # the first one loads the file
  ask day 2024-03-01/2024-03-02 application/x-ndjson \
    "run $run, 10,000 x 288: first line after %{time_starttransfer} s, last after %{time_total} s\n"
done
tail -n 1 "$folder/answer" | grep -o '"counts".*'
worker=$(pgrep -P $service -f rb-aioutliers || echo $service)
awk '/^Pss:/ { printf "memory (PSS): %d MB\n", $2 / 1024 }' "/proc/$worker/smaps_rollup" 2>/dev/null \
  || awk '/^Pss:/ { printf "memory (PSS): %d MB\n", $2 / 1024 }' "/proc/$service/smaps_rollup"
for run in 1 2 3 4; do
  ask week 2024-03-01/2024-03-08 application/json "run $run, 1,000 x 2,016: %{time_total} s\n"
done
grep -o '"counts":{[^}]*}' "$folder/answer"

(printf '{"data":['; head -c 300000000 /dev/zero | tr '\0' ' '; printf ']}') > "$folder/body"
curl -s -w '\n300 MB of data: %{http_code}\n' "http://127.0.0.1:$port/api/v2/detect" \
  -H 'Content-Type: application/json' -H 'Expect: 100-continue' \
  --data-binary "@$folder/body"
