#!/usr/bin/env bash
# Builds the console's script and stylesheet into src/AiOutliers.Service/Console/Assets/dist, which is committed. Needs node and npm.
set -euo pipefail
cd "$(dirname "$0")/../src/AiOutliers.Service/Console/Assets"
npm ci --silent
npm run --silent check
npm run --silent build
wc -c dist/*
