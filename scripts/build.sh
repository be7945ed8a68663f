#!/usr/bin/env bash
# Publishes the release build to artifacts/rb-aioutliers/ (executable artifacts/rb-aioutliers/rb-aioutliers).
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet

case "$(uname -m)" in aarch64 | arm64) rid=linux-arm64 ;; *) rid=linux-x64 ;; esac
dotnet publish src/AiOutliers.Service --configuration Release --runtime "$rid" --self-contained false \
  --output artifacts/rb-aioutliers -v quiet
echo "Built artifacts/rb-aioutliers/rb-aioutliers"
