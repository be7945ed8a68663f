# Sourced: builds an RPM from a published program. From the top of the checkout.

# build_rpm VERSION PUBLISH-FOLDER OUT-FOLDER
build_rpm() {
  # The paths are given, so that Debian's rpmbuild makes the same package as Rocky's.
  rpmbuild -bb --quiet --target x86_64-redhat-linux \
    --define "_topdir $3/build" --define "_rpmdir $3" --define "_rpmfilename %{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}.rpm" \
    --define "_unitdir /usr/lib/systemd/system" --define "_bindir /usr/bin" --define "_docdir /usr/share/doc" \
    --define "_licensedir /usr/share/licenses" --define "_mandir /usr/share/man" \
    --define "_sharedstatedir /var/lib" --define "_localstatedir /var" --define "_buildhost localhost" \
    --define "upstream_version $1" --define "root $PWD" --define "publish $2" \
    deploy/rpm/rb-aioutliers.spec
  rm -rf "$3/build"
}
