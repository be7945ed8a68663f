#!/bin/bash
# Installs, upgrades and removes the package with rpm, its scriptlets included, on a throw-away layer over this machine's files.
# The version before is built from the same specification and an empty program. Run as
#   unshare --mount --propagation private tests/AiOutliers.Packages.Tests/Rpm/install.sh WORKDIR RPM (full paths)
# Ends with 77 where no such layer can be made.
set -eu
work=$1 package=$2
cd "$(dirname "$0")/../../.."
mount -t tmpfs -o size=1g tmpfs "$work" || exit 77
mkdir "$work/upper" "$work/work" "$work/root"
mount -t overlay -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" overlay "$work/root" || exit 77
mount -t proc proc "$work/root/proc" || exit 77
mount --bind /dev "$work/root/dev" || exit 77
mkdir "$work/root/rpms"
cp "$package" "$work/root/rpms/new.rpm"
. scripts/lib/rpm.sh
mkdir "$work/old"
touch "$work/old/rb-aioutliers" "$work/old/rb-aioutliers.1" "$work/old/createdump" "$work/old/only-in-old.so"
build_rpm 0.0.1 "$work/old" "$work"
cp "$work"/rb-aioutliers-0.0.1-*.rpm "$work/root/rpms/old.rpm"

cat > "$work/root/rpms/steps" <<'STEPS'
set -eux
cd /
# A database of its own; --nodeps, since it knows nothing of this machine's packages.
database='--dbpath /rpms/database'
home=/opt/rb-aioutliers state=/var/lib/rb-aioutliers

rpm --install $database --nodeps /rpms/old.rpm
getent passwd rb-aioutliers
test "$(stat -c %U:%G:%a $state/models)" = rb-aioutliers:rb-aioutliers:750
test "$(stat -c %U:%G:%a $home/config.ini)" = root:rb-aioutliers:640
sed -i 's/^sensitivity = .*/sensitivity = 0.8/' $home/config.ini
touch $state/models/mine

rpm --upgrade $database --nodeps /rpms/new.rpm
grep -qx 'sensitivity = 0.8' $home/config.ini
test ! -e $home/bin/only-in-old.so
case "$(rb-aioutliers --version)" in "$(rpm -q $database --qf '%{VERSION}' rb-aioutliers)"*) ;; *) exit 1 ;; esac
# Nothing but the configuration differs from what the package brought.
test "$(rpm -V $database --nodeps rb-aioutliers)" = "S.5....T.  c $home/config.ini"
# Its user may read the configuration, and write the log.
cd $state
OutliersServerProduction__outliers_server_port=0 setpriv --reuid rb-aioutliers --regid rb-aioutliers --clear-groups rb-aioutliers serve --config $home/config.ini > /rpms/log &
for _ in $(seq 300); do grep -q 'Ready on' /rpms/log && break || sleep 0.2; done
grep 'Ready on' /rpms/log
kill -TERM $!
wait $!
test -s /var/log/rb-aioutliers/rb-aioutliers.log
cd /

rpm --erase $database --nodeps rb-aioutliers
test -f $home/config.ini.rpmsave
test -f $state/models/mine
test ! -e $home/bin
test ! -e /usr/bin/rb-aioutliers
test ! -e /usr/lib/systemd/system/rb-aioutliers.service
test ! -e /etc/systemd/system/multi-user.target.wants/rb-aioutliers.service
getent passwd rb-aioutliers
STEPS
exec chroot "$work/root" /bin/bash /rpms/steps
