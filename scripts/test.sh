#!/usr/bin/env bash
# Restores, builds with warnings as errors, and runs every test. Ends with "N passed, N failed, N skipped" alone on a line.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
. scripts/lib/packages.sh
ensure_dotnet

dotnet build --configuration Release -v quiet

# The tests that ask a real Druid need a Java 17 runtime.
if [ -e "${AIOUTLIERS_DRUID_HOME:-../shared/druid}/start" ] && ! command -v java > /dev/null && [ "$(id -u)" = 0 ]; then
  install_package openjdk-17-jre-headless java-17-openjdk-headless || echo "Java 17 could not be installed: the tests with a real Druid are skipped"
fi

prepare_packages

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
dotnet test --no-build --configuration Release --no-progress --output Normal 2>&1 | tee "$log" || status=$?
count() { sed -n "s/^ *$1: *\([0-9][0-9]*\).*/\1/p" "$log" | tail -n 1; }
echo
echo "$(count succeeded) passed, $(count failed) failed, $(count skipped) skipped"
exit "$status"
