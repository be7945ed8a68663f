#!/usr/bin/env bash
# Builds the service, starts it on the sample data with the embedded engine, posts the documented query to /calculate and shows what it
# found. On a terminal it then lets the sample data come in as if it were now, prints the address of the pages, and runs until Ctrl-C;
# elsewhere it ends.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet
scripts/build.sh

program=artifacts/rb-aioutliers/rb-aioutliers
folder=$(mktemp -d)
log=$folder/log
service=
stop_service() {
  [ -z "$service" ] || { kill "$service" 2> /dev/null || true; wait "$service" 2> /dev/null || true; }
  service=
}
trap 'stop_service; rm -rf "$folder"' EXIT
trap 'exit 0' INT TERM

# start_service OPTION… sets url. Without PORT the system gives it a free one: its log says which.
start_service() {
  OutliersServerProduction__outliers_server_port=${PORT:-0} Storage__database=sqlite:$folder/example.db \
    "$program" serve --config samples/config.ini "$@" > "$log" 2>&1 &
  service=$!
  # Ready within a second; thirty are for a slow machine.
  for _ in $(seq 300); do
    if ! kill -0 "$service" 2> /dev/null; then
      echo "The service did not start:" >&2
      cat "$log" >&2
      exit 1
    fi
    url=$(sed -n 's/.* Ready on "\{0,1\}\(http[^" ,]*\).*/\1/p' "$log")
    [ -z "$url" ] || return 0
    sleep 0.1
  done
  echo "The service was not ready in time:" >&2
  cat "$log" >&2
  exit 1
}

# detect ARGUMENT…: 3 says that anomalies were found, as they should be here.
detect() {
  local status=0
  "$program" detect samples/hour.json "$@" || status=$?
  if [ "$status" != 3 ]; then
    echo "Expected anomalies (exit code 3), got exit code $status" >&2
    exit 1
  fi
}

start_service
echo
echo "The service listens on $url and answers from samples/. Its answer to samples/hour.json, one hour at one minute, posted to" \
  "/calculate:"
detect --service "$url"
echo
echo "What was there and why it is one, by the command line" \
  "(rb-aioutliers detect samples/hour.json --config samples/config.ini):"
detect --config samples/config.ini
stop_service
echo
if [ ! -t 1 ]; then
  echo "To see it, start the service and open http://localhost:39091/ in a browser (a minute of the data goes by in a second, and" \
    "monitors watch it):"
  echo "  $program serve --config samples/config.ini --replay samples"
  exit 0
fi

start_service --replay samples
echo "Now the sample data comes in as if it were now, a minute of it in a second. A monitor watches it and finds a flood within a minute."
echo "Open this address in a browser on this machine; Ctrl-C ends the service:"
echo
echo "  $url/"
wait "$service"
