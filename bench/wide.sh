#!/usr/bin/env bash
# A dimension of many values (5,000,000; the argument says another number), the service and its embedded engine on this machine: causes
# with it, its largest series, all of its series, and its values as completion asks for them. Prints each answer's status and time, its
# words, and the process' memory; the figures of bench/RESULTS.md.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${PROGRAM:-$PWD/artifacts/rb-aioutliers/rb-aioutliers}
[ -x "$program" ] || scripts/build.sh
. scripts/lib/dotnet.sh
ensure_dotnet
folder=$(mktemp -d)
service=
trap 'kill $service 2>/dev/null || true; rm -rf "$folder"' EXIT

dotnet run --configuration Release --project bench/AiOutliers.Benchmarks -- causes wide "$folder/flows.parquet" "${1:-5000000}"

port=39778
mkdir "$folder/run"
cd "$folder/run" # Its database goes here.
OutliersServerProduction__outliers_binding_address=127.0.0.1 OutliersServerProduction__outliers_server_port=$port \
  Security__requests_per_minute=0 Druid__druid_endpoint="duckdb:$folder" "$program" serve > "$folder/log" 2>&1 &
service=$!
until curl -s -o /dev/null "http://127.0.0.1:$port/health/live"; do sleep .2; done

memory() { awk -v name="$1" '$1 == name ":" { printf "%d MB", $2 / 1024 }' "$2"; }
ask() { # words, path, body
  curl -s -o answer -w "$1: %{http_code} in %{time_total} s" "http://127.0.0.1:$port$2" ${3:+-H 'Content-Type: application/json' -d "$3"}
  echo "; memory (PSS) $(memory Pss /proc/$service/smaps_rollup), at most $(memory VmHWM /proc/$service/status) (RSS)"
  grep -oE '"(detail|where|words|warnings|counts)":("[^"]*"|\[[^]]*\]|\{[^}]*\})' answer | head -5 | cut -c1-300 | sed 's/^/  /'
}
series='"series": {"dataSource": "flows", "metrics": [{"type": "longSum", "name": "bytes", "fieldName": "sum_bytes"}],
  "granularity": "PT5M", "interval": "2024-09-24T14:00Z/2024-09-24T15:00Z"'
window='"window": {"from": 1727186400000, "to": 1727190000000}'
ask "one series, which loads the file" /api/v2/detect "{$series}}"
ask "causes with it" /api/v2/explain "{$series}, $window, \"dimensions\": [\"src_ip\", \"dst_ip\", \"dst_port\"]}"
ask "causes with it alone" /api/v2/explain "{$series}, $window, \"dimensions\": [\"src_ip\"]}"
ask "its 1,000 largest series" /api/v2/detect "{$series, \"by\": [\"src_ip\"], \"top\": 1000}, \"only\": \"anomalous\"}"
ask "its 10,000 largest series" /api/v2/detect "{$series, \"by\": [\"src_ip\"], \"top\": 10000}, \"only\": \"anomalous\"}"
ask "the 1,000 largest of two" /api/v2/detect "{$series, \"by\": [\"src_ip\", \"dst_ip\"], \"top\": 1000}, \"only\": \"anomalous\"}"
ask "all of its series" /api/v2/detect "{\"query\": {\"queryType\": \"groupBy\", \"dataSource\": \"flows\", \"granularity\": \"PT5M\",
  \"intervals\": [\"2024-09-24T14:00Z/2024-09-24T15:00Z\"], \"dimensions\": [\"src_ip\"],
  \"aggregations\": [{\"type\": \"longSum\", \"name\": \"bytes\", \"fieldName\": \"sum_bytes\"}]}}"
ask "its values" "/api/v2/datasources/flows/values?dimension=src_ip&q=10.1.2"
