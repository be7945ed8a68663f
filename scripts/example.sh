#!/usr/bin/env bash
# Builds the service, starts it on the sample data with the embedded engine, posts the documented query to /calculate, shows what it
# found, and stops it.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
scripts/build.sh

log=$(mktemp)
OutliersServerProduction__outliers_server_port=${PORT:-0} \
  artifacts/rb-aioutliers/rb-aioutliers serve --config samples/config.ini > "$log" 2>&1 &
service=$!
trap 'kill "$service" 2> /dev/null || true; wait "$service" 2> /dev/null || true; rm -f "$log"' EXIT

# Without PORT the system gives it a free one: its log says which.
# Ready within a second; thirty are for a slow machine.
for _ in $(seq 300); do
  if ! kill -0 "$service" 2> /dev/null; then
    echo "The service did not start:" >&2
    cat "$log" >&2
    exit 1
  fi
  url=$(sed -n 's/.* Ready on "\{0,1\}\(http[^" ,]*\).*/\1/p' "$log")
  [ -z "$url" ] || break
  sleep 0.1
done
if [ -z "$url" ]; then
  echo "The service was not ready in time:" >&2
  cat "$log" >&2
  exit 1
fi

echo
echo "The service listens on $url and answers from samples/. Its answer to samples/hour.json, one hour at one minute, posted to /calculate:"
status=0
artifacts/rb-aioutliers/rb-aioutliers detect samples/hour.json --service "$url" || status=$?
# 3 says that anomalies were found, as they should be here.
if [ "$status" != 3 ]; then
  echo "Expected anomalies (exit code 3), got exit code $status" >&2
  exit 1
fi
echo
echo "What was there and why it is one, by the command line (rb-aioutliers detect samples/hour.json --config samples/config.ini):"
status=0
artifacts/rb-aioutliers/rb-aioutliers detect samples/hour.json --config samples/config.ini || status=$?
if [ "$status" != 3 ]; then
  echo "Expected anomalies (exit code 3), got exit code $status" >&2
  exit 1
fi
echo
echo "To see it, start the service and open http://localhost:39091/ in a browser (a minute of the data goes by in a second, and monitors" \
  "watch it):"
echo "  artifacts/rb-aioutliers/rb-aioutliers serve --config samples/config.ini --replay samples"
