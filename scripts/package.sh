#!/usr/bin/env bash
# Builds the RPM for Rocky Linux 9 (x86_64) into artifacts/rpm/. Needs rpmbuild: Debian's package rpm, Rocky's rpm-build.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
. scripts/lib/licenses.sh
. scripts/lib/rpm.sh
ensure_dotnet
if ! command -v rpmbuild > /dev/null; then
  echo "rpmbuild is missing. Install it: apt-get install rpm, or dnf install rpm-build" >&2
  exit 1
fi

version=$(sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
out=$PWD/artifacts/rpm
rm -rf "$out"
mkdir -p "$out/publish"
dotnet publish src/AiOutliers.Service --configuration Release --runtime linux-x64 --self-contained true --output "$out/publish" -v quiet
"$out/publish/rb-aioutliers" man > "$out/publish/rb-aioutliers.1"
collect_licenses "$out/publish" "$out/publish/licenses"
build_rpm "$version" "$out/publish" "$out"
rm -rf "$out/publish"
rpm=$(echo artifacts/rpm/*.rpm)
echo "Built $rpm, $(($(stat -c %s "$rpm") / 1000000)) MB"
