#!/usr/bin/env bash
# Makes the pictures of the documents: what `detect --plot` draws of the sample data.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x artifacts/rb-aioutliers/rb-aioutliers ] || scripts/build.sh
mkdir -p docs/images
for theme in light dark; do
  # 3 says that anomalies were found.
  artifacts/rb-aioutliers/rb-aioutliers detect samples/query.json --config samples/config.ini --format csv \
    --plot "docs/images/detect-$theme.png" $([ "$theme" = dark ] && echo --dark) > /dev/null || [ $? = 3 ]
done

# The console's pages, while the sample data comes in and the monitor has found the flood.
if command -v chromium > /dev/null; then
  log=$(mktemp)
  OutliersServerProduction__outliers_server_port=39192 \
    artifacts/rb-aioutliers/rb-aioutliers serve --config samples/config.ini --replay samples --speed 60 > "$log" 2>&1 &
  service=$!
  trap 'kill "$service" 2> /dev/null || true; rm -f "$log"' EXIT
  page=http://127.0.0.1:39192
  until incident=$(curl -s "$page/incidents?state=all" | grep -o '/incidents/[0-9a-f]\{32\}' | head -n 1) && [ -n "$incident" ]; do
    sleep 1
  done
  # What Overview shows of incidents is some seconds old.
  until curl -s "$page/" | grep -q "$incident"; do
    sleep 1
  done
  picture() {
    chromium --headless --no-sandbox --hide-scrollbars --window-size="1280,$3" --virtual-time-budget=8000 \
      --screenshot="docs/images/console-$1.png" "$page$2" > /dev/null 2>&1
  }
  # First what shows the incident while it goes on.
  picture overview "/?last=7d" 560
  picture incident "$incident" 820
  picture explore "/explore?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25&metric=bytes" 720
  picture compare "/explore?where=sensor_name%3Dheadquarters&from=2024-09-24&to=2024-09-25&metric=bytes&compare=shallow" 1180
  picture preview "/monitors/sensors/preview?days=7" 1400
fi
