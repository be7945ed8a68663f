#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the format, and runs every test. Ends with "N passed, N failed, N skipped" alone on
# a line.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
. scripts/lib/packages.sh
ensure_dotnet

dotnet build --configuration Release -v quiet

# The tests that ask a real Druid need a Java 17 runtime.
if [ -e "${AIOUTLIERS_DRUID_HOME:-../shared/druid}/start" ] && ! command -v java > /dev/null && [ "$(id -u)" = 0 ]; then
  install_package openjdk-17-jre-headless java-17-openjdk-headless \
    || echo "Java 17 could not be installed: the tests with a real Druid are skipped"
fi

# The tests of the cluster start a Redis of their own.
if ! command -v redis-server > /dev/null && [ "$(id -u)" = 0 ]; then
  install_package redis-server redis || echo "Redis could not be installed: the tests that need one are skipped"
fi
# The tests that ask Keras 3 itself need Python with numpy, scipy and h5py; its own packages are in that folder, built for Debian 12.
if [ -e "${AIOUTLIERS_KERAS_CHECK_HOME:-../shared/keras-check}/check" ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null \
  && ! /usr/bin/python3 -c 'import numpy, scipy, h5py, venv, ensurepip' 2> /dev/null; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    python3-numpy python3-scipy python3-h5py python3-venv; } \
    || echo "Python's packages could not be installed: the tests with Keras 3 are skipped"
fi
# The examples of docs/api.md in Python are run.
if ! /usr/bin/python3 -c 'import requests, pandas' 2> /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    python3-requests python3-pandas; } || echo "Python's packages could not be installed: the examples in Python are skipped"
fi
prepare_packages

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# Half a minute: what `dotnet format` would change is an error here.
dotnet format --verify-no-changes --no-restore || status=$?
dotnet test --no-build --configuration Release --no-progress --output Normal 2>&1 | tee "$log" || status=$?
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
echo
echo "$(count succeeded) passed, $(count failed) failed, $(count skipped) skipped"
exit "$status"
