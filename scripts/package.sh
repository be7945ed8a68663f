#!/usr/bin/env bash
# Builds the RPM for Rocky Linux 9 (x86_64) into artifacts/rpm/. Needs rpmbuild: Debian's package rpm, Rocky's rpm-build.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/dotnet.sh
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

# The paths are given, so that Debian's rpmbuild makes the same package as Rocky's.
rpmbuild -bb --quiet --target x86_64-redhat-linux \
  --define "_topdir $out/build" --define "_rpmdir $out" --define "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm" \
  --define "_unitdir /usr/lib/systemd/system" --define "_bindir /usr/bin" --define "_docdir /usr/share/doc" --define "_licensedir /usr/share/licenses" \
  --define "_sharedstatedir /var/lib" --define "_localstatedir /var" \
  --define "_buildhost localhost" \
  --define "upstream_version $version" --define "root $PWD" --define "publish $out/publish" \
  deploy/rpm/rb-aioutliers.spec
rm -rf "$out/build" "$out/publish"
rpm=$(echo artifacts/rpm/*.rpm)
echo "Built $rpm, $(($(stat -c %s "$rpm") / 1000000)) MB"
