#!/usr/bin/env bash
# Makes the pictures of the documents: what `detect --plot` draws of the sample data.
set -euo pipefail
cd "$(dirname "$0")/.."
[ -x artifacts/rb-aioutliers/rb-aioutliers ] || scripts/build.sh
mkdir -p docs/images
for theme in light dark; do
  # 3 says that anomalies were found.
  artifacts/rb-aioutliers/rb-aioutliers detect samples/query.json --config samples/config.ini --format csv --plot "docs/images/detect-$theme.png" \
    $([ "$theme" = dark ] && echo --dark) > /dev/null || [ $? = 3 ]
done
