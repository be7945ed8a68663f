#!/usr/bin/env bash
# What one client may take from the others, at full size: a key that asks as fast as it can for a minute, beside another key and version 1;
# and clients that ask for 10,000 series line by line and do not read, beside one that asks for a little. Prints the figures of
# bench/RESULTS.md.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
command -v wrk > /dev/null || install_package wrk wrk > /dev/null || {
  echo "the load generator wrk is missing: 'apt-get install wrk' on Debian; for other systems https://github.com/wg/wrk" >&2
  exit 1
}
program=${PROGRAM:-$PWD/artifacts/rb-aioutliers/rb-aioutliers}
[ -x "$program" ] || scripts/build.sh
folder=$(mktemp -d)
service=
trap 'kill $service 2>/dev/null || true; rm -rf "$folder"' EXIT
port=39776

awk 'BEGIN {
  print "__time,host,sum_bytes"
  for (row = 0; row < 288; row++)
    for (host = 0; host < 10000; host++)
      printf "%.0f,host-%05d,%d\n", 1709251200000 + row * 300000, host, 1000 + (row * 7 + host * 13) % 100
}' > "$folder/day.csv"
printf '[Security]\nkeys_file = %s/keys\n' "$folder" > "$folder/config.ini"
key() { "$program" keys add "$1" operator --config "$folder/config.ini" 2>/dev/null | grep -o 'aio_[A-Za-z0-9_-]*'; }
greedy=$(key greedy)
other=$(key other)
(cd "$folder" && OutliersServerProduction__outliers_binding_address=127.0.0.1 OutliersServerProduction__outliers_server_port=$port \
  Security__keys_file="$folder/keys" Druid__druid_endpoint="duckdb:$folder" exec "$program" serve > "$folder/log" 2>&1) &
service=$!
until curl -s -o /dev/null "http://127.0.0.1:$port/health/live"; do sleep .2; done
worker=$(pgrep -P $service -f rb-aioutliers || echo $service)
memory() { awk '/^Pss:/ { printf "%d MB\n", $2 / 1024 }' "/proc/$worker/smaps_rollup"; }
rows=$(printf '[{"timestamp":"2024-03-01T00:00:00Z","result":{"bytes":1}}]' | base64 -w 0)

# Asks every .2 s until the file is gone; prints statuses and the longest answer.
beside() { # words, curl arguments
  local words=$1
  shift
  while [ -e "$folder/going" ]; do
    curl -s -o /dev/null -w '%{http_code} %{time_total}\n' "$@"
    sleep .2
  done | awk -v words="$words" '{ status[$1]++; if ($2 > most) most = $2 }
    END { printf "  %s:", words; for (one in status) printf " %d of %s,", status[one], one; printf " at most %.0f ms\n", 1000 * most }'
}
detectors="http://127.0.0.1:$port/api/v2/detectors"

echo "one key asks as fast as it can for a minute:"
touch "$folder/going"
beside "another key" "$detectors" -H "Authorization: Bearer $other" &
beside "version 1" "http://127.0.0.1:$port/calculate" --data-urlencode "data=$rows" &
others=$!
wrk -t 2 -c 8 -d 60s -H "Authorization: Bearer $greedy" "$detectors" | grep -E 'requests in|Non-2xx'
for again in 1 2 3 4 5; do
  curl -s -D - -o /dev/null "$detectors" -H "Authorization: Bearer $greedy"
done | grep -iE '^HTTP|Retry-After' | tail -2
rm "$folder/going"
wait $others
sleep 1

body='{"series": {"dataSource": "day", "metrics": [{"type": "longSum", "name": "bytes", "fieldName": "sum_bytes"}], "granularity": "PT5M",
  "interval": "2024-03-01/2024-03-02", "by": ["host"], "top": 10000}, "history": "off"}'
echo "four clients ask for 10,000 series and do not read ($(memory) before):"
touch "$folder/going"
beside "a client that reads" "$detectors" -H "Authorization: Bearer $other" &
others=$!
for client in 1 2 3 4; do
  exec {socket}<> "/dev/tcp/127.0.0.1/$port"
  printf 'POST /api/v2/detect HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n%s\r\n\r\n%s' \
    "$other" "Accept: application/x-ndjson"$'\r\n'"Content-Length: ${#body}" "$body" >&$socket
done
waiting() { ss -Htn state established "( sport = :$port )" | awk '$2 > 0' | wc -l; }
until [ "$(waiting)" -ge 2 ]; do sleep .5; done # The others are refused: one address has room for two.
started=$SECONDS
echo "  memory (PSS) while two wait for their clients: $(memory)"
until [ "$(waiting)" = 0 ]; do sleep 1; done
echo "  all are cut off after $((SECONDS - started)) s; memory (PSS) $(memory)"
rm "$folder/going"
wait $others
