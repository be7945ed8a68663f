#!/usr/bin/env bash
# Restores, builds with warnings as errors, checks the format, and runs every test. Ends with "N passed, N failed, N skipped" alone on a line.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
ensure_dotnet

dotnet build --configuration Release -v quiet

# The tests that ask a real Druid need a Java 17 runtime.
if [ -e "${AIOUTLIERS_DRUID_HOME:-../shared/druid}/start" ] && ! command -v java > /dev/null && [ "$(id -u)" = 0 ]; then
  install_package openjdk-17-jre-headless java-17-openjdk-headless || echo "Java 17 could not be installed: the tests with a real Druid are skipped"
fi

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
