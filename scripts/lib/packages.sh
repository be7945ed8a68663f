# Sourced by test.sh after dotnet.sh: what the tests of the packages need. What cannot be had makes tests skipped, with the reason.

# install_package_tool COMMAND DEBIAN-NAME ROCKY-NAME
install_package_tool() {
  command -v "$1" > /dev/null || install_package "$2" "$3" > /dev/null 2>&1 \
    || echo "$1 could not be installed: the tests that need it are skipped"
}

# On Rocky Linux Chromium comes from EPEL.
prepare_console() {
  if command -v npm > /dev/null; then
    (cd src/AiOutliers.Service/Console/Assets && npm ci --silent > /dev/null 2>&1) \
      || echo "npm could not fetch the console's packages: the test of its bundle is skipped"
  fi
}

prepare_packages() {
  if as_root; then
    install_package_tool rpmbuild rpm rpm-build
    install_package_tool cpio cpio cpio
    install_package_tool systemd-analyze systemd systemd
    install_package_tool xz xz-utils xz
    install_package_tool ruby ruby ruby
    install_package_tool docker-compose docker-compose docker-compose
    [ -e /usr/lib/postgresql ] || install_package_tool postgres postgresql postgresql-server
    install_package_tool promtool prometheus prometheus
    # Receivers of alerts. Rocky Linux has no Alertmanager: its test is skipped there, with the reason.
    install_package_tool prometheus-alertmanager prometheus-alertmanager alertmanager
    [ -e /usr/sbin/rsyslogd ] || install_package_tool rsyslogd rsyslog rsyslog
    # The console's pages are tested in a real browser, and its bundle is built anew and compared.
    install_package_tool chromium chromium chromium
    install_package_tool npm npm npm
  fi
  prepare_console
  if command -v rpmbuild > /dev/null; then
    scripts/package.sh
  fi
}
